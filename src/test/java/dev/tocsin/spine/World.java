package dev.tocsin.spine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Correlator;
import dev.tocsin.outage.Decided;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.SourceWatch;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Servers, their targets and us in virtual time, with the production tables, correlator, watch and records; the log is
 * the lines that would stand in the file. Polls every 5 s, scrapes every 15 s with a timeout of 10 s: a round is 30 s.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final String CLUSTER = "eu";
    private static final Cause REFUSED = new Cause(
            new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET),
            "connect: connection refused",
            "Is it running?");
    private static final int POLL_SECONDS = 5;

    private final Map<String, List<String>> discovered = new LinkedHashMap<>();
    private final Set<String> down = new HashSet<>();
    private final Set<String> isolated = new HashSet<>();
    private final Set<String> cut = new HashSet<>();
    final Map<String, VirtualPrometheus> servers = new LinkedHashMap<>();

    /** The log: one line a record, in order. */
    final List<byte[]> log = new ArrayList<>();

    /** The same, not yet written. */
    final List<Event> events = new ArrayList<>();

    final List<String> told = new ArrayList<>();
    final List<Outage> outages = new ArrayList<>();
    final List<HealthDelta> deltas = new ArrayList<>();

    private Map<String, HealthTable> tables = new LinkedHashMap<>();
    private Correlator correlator;
    private SourceWatch watch;
    private WaitClock waits = new WaitClock();
    private long epoch;
    private long poll;
    private boolean alive;
    private boolean everDark;
    private long second;

    World(String... names) {
        for (String name : names) {
            servers.put(
                    name,
                    new VirtualPrometheus(
                            name,
                            CLUSTER,
                            discovered,
                            (job, instance) -> !down.contains(instance)
                                    && !isolated.contains(name)
                                    && !cut.contains(name + " " + job),
                            START.minusSeconds(3_600)));
        }
        correlator = new Correlator(CLUSTER, scope -> OutageRules.DEFAULT, waits, 0);
        watch = new SourceWatch(List.of(), "node", OutageRules.DEFAULT, waits, 0);
        start();
    }

    World job(String job, int from, int to) {
        discovered.put(job, names(job, from, to));
        return this;
    }

    World noJob(String job) {
        discovered.remove(job);
        return this;
    }

    World down(String job, int from, int to) {
        down.addAll(names(job, from, to));
        return this;
    }

    World up(String job, int from, int to) {
        down.removeAll(names(job, from, to));
        return this;
    }

    World isolate(String server) {
        isolated.add(server);
        return this;
    }

    World reconnect(String server) {
        isolated.remove(server);
        return this;
    }

    World cut(String server, String job) {
        cut.add(server + " " + job);
        return this;
    }

    World join(String server, String job) {
        cut.remove(server + " " + job);
        return this;
    }

    VirtualPrometheus server(String name) {
        VirtualPrometheus server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server " + name);
        }
        return server;
    }

    World restart(String server) {
        server(server).restart(second, wall());
        return this;
    }

    private static List<String> names(String job, int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            names.add(job + "-" + i + ":9100");
        }
        return names;
    }

    World pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            servers.values().forEach(server -> server.scrape(second, wall()));
            everDark |= !alive || servers.values().stream().anyMatch(VirtualPrometheus::dark);
            if (alive) {
                live();
            }
        }
        return this;
    }

    private void live() {
        waits.beat(second * 1_000);
        if (second % POLL_SECONDS == 0) {
            servers.values().forEach(this::poll);
        }
        take(correlator.tick(moment()));
        take(watch.tick(moment()));
    }

    private void poll(VirtualPrometheus server) {
        HealthTable table = tables.get(server.source.name());
        if (table == null) {
            throw new IllegalStateException("no table of " + server.source.name());
        }
        DeltaBatch batch = table.poll(server.answer(++poll, moment()), Duration.ofSeconds(POLL_SECONDS));
        batch.deltas().forEach(delta -> {
            deltas.add(delta);
            append(new Event.OfHealth(delta));
        });
        batch.findings().forEach(this::tell);
        batch.tombstones().forEach(tombstone -> append(new Event.OfTombstone(tombstone)));
        append(new Event.OfWatermark(new Watermark(
                batch.source(),
                batch.state(),
                batch.why(),
                batch.observedUntil(),
                batch.targets(),
                batch.down(),
                batch.unknown(),
                epoch,
                poll)));
        take(correlator.batch(batch));
        take(watch.batch(batch));
    }

    private void take(Decided decided) {
        for (Outage outage : decided.outages()) {
            outages.add(outage);
            append(new Event.OfOutage(outage));
            told.add("%ds %s %s v%d %s%s: %d down %d gone of %d"
                    .formatted(
                            second,
                            outage.scope().title(),
                            outage.change().text(),
                            outage.version(),
                            outage.reason().text(),
                            outage.verdict() == null
                                    ? ""
                                    : " " + outage.verdict().text(),
                            outage.counts().down(),
                            outage.counts().gone(),
                            outage.counts().expected()));
        }
        decided.findings().forEach(this::tell);
        decided.tombstones().forEach(tombstone -> append(new Event.OfTombstone(tombstone)));
    }

    private void tell(Finding finding) {
        append(new Event.OfFinding(finding));
        told.add("%ds %s %s"
                .formatted(
                        second,
                        finding.open() ? "finding" : "cleared",
                        finding.kind().text()));
    }

    private void append(Event event) {
        events.add(event);
        log.add(CloudEvents.line(event));
    }

    /** kill -9: all memory is gone; the log stays. */
    World kill() {
        alive = false;
        tables = new LinkedHashMap<>();
        return this;
    }

    /** A new process, which knows the log. */
    World start() {
        Remembered remembered = remembered();
        alive = true;
        epoch++;
        waits = new WaitClock();
        waits.beat(second * 1_000);
        List<Source> sources =
                servers.values().stream().map(server -> server.source).toList();
        correlator = new Correlator(CLUSTER, scope -> OutageRules.DEFAULT, waits, epoch);
        correlator.restore(
                remembered.health.values(),
                remembered.outages.values(),
                remembered.findings.values().stream()
                        .filter(finding -> finding.kind().ofCluster())
                        .toList(),
                remembered.watermarks.values(),
                moment());
        watch = new SourceWatch(sources, "node", OutageRules.DEFAULT, waits, epoch);
        watch.restore(
                remembered.health.values(),
                remembered.outages.values(),
                remembered.findings.values(),
                remembered.watermarks.values());
        for (Source source : sources) {
            HealthTable table = new HealthTable(source, HealthRules.DEFAULT, text -> REFUSED, waits, epoch);
            Watermark watermark = remembered.watermarks.get(source.name());
            Collection<HealthDelta> own = remembered.health.values().stream()
                    .filter(delta -> delta.target().source().equals(source))
                    .toList();
            List<Finding> found = remembered.findings.values().stream()
                    .filter(finding -> finding.source().equals(source.name())
                            && !finding.kind().ofCluster())
                    .toList();
            table.restore(own, found, watermark == null ? Instant.EPOCH : watermark.observedUntil());
            tables.put(source.name(), table);
        }
        return this;
    }

    /** The last record of each key. */
    static final class Remembered {
        final Map<String, HealthDelta> health = new LinkedHashMap<>();
        final Map<String, Outage> outages = new LinkedHashMap<>();
        final Map<String, Finding> findings = new LinkedHashMap<>();
        final Map<String, Watermark> watermarks = new LinkedHashMap<>();

        private void apply(Event event) {
            if (event instanceof Event.OfHealth of) {
                health.put(of.key(), of.delta());
            } else if (event instanceof Event.OfOutage of) {
                outages.put(of.key(), of.outage());
            } else if (event instanceof Event.OfFinding of) {
                findings.put(of.key(), of.finding());
            } else if (event instanceof Event.OfWatermark of) {
                watermarks.put(of.key(), of.watermark());
            } else if (event instanceof Event.OfTombstone of) {
                Tombstone end = of.tombstone();
                health.remove(end.key());
                outages.remove(end.key());
                findings.remove(end.key());
            }
        }
    }

    Remembered remembered() {
        Remembered remembered = new Remembered();
        for (byte[] line : log) {
            try {
                remembered.apply(CloudEvents.read(line).event());
            } catch (RecordRefused refused) {
                throw new IllegalStateException("a line of our own cannot be read", refused);
            }
        }
        return remembered;
    }

    /** Each key of each stream counts 1, 2, 3 ..., from 1 again after a tombstone, and never says the same twice. */
    void assertGaplessKeys() {
        Map<String, Long> seq = new HashMap<>();
        for (Event event : events) {
            String key = event.stream() + " " + event.key();
            if (event instanceof Event.OfWatermark) {
                continue;
            }
            assertThat(event.seq()).as("%s", event).isEqualTo(seq.getOrDefault(key, 0L) + 1);
            seq.put(key, event.seq());
            if (event instanceof Event.OfTombstone) {
                seq.remove(key);
            } else if (event instanceof Event.OfHealth of) {
                HealthDelta.Standing from = of.delta().from();
                assertThat(from == null || !from.health().equals(of.delta().to().health()))
                        .as("a repeated value: %s", event)
                        .isTrue();
            }
        }
    }

    /** Who is really down. */
    Set<String> downNow() {
        return Set.copyOf(down);
    }

    /** Whether there was a time at which we did not see, or were not there. */
    boolean everDark() {
        return everDark;
    }

    private Instant wall() {
        return START.plusSeconds(second);
    }

    private Moment moment() {
        return new Moment(second * 1_000, wall());
    }

    long second() {
        return second;
    }

    Set<String> outageIds() {
        Set<String> ids = new HashSet<>();
        outages.forEach(outage -> ids.add(outage.id()));
        return ids;
    }

    Outage lastOutage() {
        return outages.get(outages.size() - 1);
    }
}
