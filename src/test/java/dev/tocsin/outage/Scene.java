package dev.tocsin.outage;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Routing;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import dev.tocsin.join.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in virtual time, for tables: targets change at will, each source is polled every 5 s, and what the
 * correlator tells is kept as lines. Scrape interval 15 s, timeout 10 s: a round is 30 s.
 */
final class Scene {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final CauseKind REFUSED = new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET);
    private static final int POLL_SECONDS = 5;

    private final OutageRules rules;
    private final List<Mapping> joins;
    private final Map<String, SourceState> sources = new LinkedHashMap<>();
    private final Map<String, Set<String>> mute = new LinkedHashMap<>();
    private final Map<String, DeltaBatch.Reached> reached = new LinkedHashMap<>();
    private final Map<String, List<HealthDelta>> due = new LinkedHashMap<>();
    private final Map<String, Routing> routing = new LinkedHashMap<>();
    private final Set<String> reloading = new HashSet<>();
    private final Map<String, Instant> observedUntil = new LinkedHashMap<>();

    /** The fold of what the log would have: last delta, last version and last finding of each key. */
    final Map<String, HealthDelta> health = new LinkedHashMap<>();

    final Map<String, Outage> outages = new LinkedHashMap<>();
    final Map<String, Finding> findings = new LinkedHashMap<>();
    final List<Outage> versions = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<Tombstone> tombstones = new ArrayList<>();

    Correlator correlator;
    private WaitClock waits = new WaitClock();
    private long epoch = 1;
    private long poll;

    /** Seconds since the start; the monotonic clock of a process starts with it. */
    private long second;

    Scene(OutageRules rules, String... names) {
        this(rules, List.of(), names);
    }

    Scene(OutageRules rules, List<Mapping> joins, String... names) {
        this.rules = rules;
        this.joins = joins;
        correlator = new Correlator("eu", new OneRule(rules, joins), waits, epoch);
        for (String name : names) {
            sources.put(name, SourceState.READY);
            due.put(name, new ArrayList<>());
        }
    }

    /** {@code edge-1} is a Traefik, {@code prom-a} a Prometheus. */
    private static Source source(String name) {
        return new Source(name, "eu", name.startsWith("edge") ? SourceKind.TRAEFIK : SourceKind.PROMETHEUS);
    }

    /** The default rules with another quorum. */
    static OutageRules quorum(Quorum quorum) {
        OutageRules d = OutageRules.DEFAULT;
        return new OutageRules(
                quorum,
                d.jobWideShare(),
                d.jobWideMin(),
                d.partialShare(),
                d.partialMin(),
                d.confirmMin(),
                d.confirmMax(),
                d.settleCap(),
                d.absentFor(),
                d.ignore());
    }

    static Scene with(String... names) {
        return new Scene(OutageRules.DEFAULT, names);
    }

    Scene state(String source, SourceState state) {
        sources.put(source, state);
        return this;
    }

    SourceState state(String source) {
        return sources.getOrDefault(source, SourceState.BLIND);
    }

    Scene mute(String source, String... ids) {
        mute.put(source, Set.of(ids));
        return this;
    }

    /** From here on the source reaches nobody else. */
    Scene reachesNobody(String source) {
        reached.put(source, new DeltaBatch.Reached(second * 1_000, 0));
        return this;
    }

    /** The source has reached others just now, and goes on to. */
    Scene reachesOthers(String source) {
        reached.remove(source);
        return this;
    }

    Scene up(String source, String job, int from, int to) {
        return change(source, job, from, to, Health.UP);
    }

    Scene down(String source, String job, int from, int to) {
        return change(source, job, from, to, new Health.Down(new Cause(REFUSED, "connection refused", "Start it.")));
    }

    Scene downWith(CauseKind kind, String source, String job, int from, int to) {
        return change(source, job, from, to, new Health.Down(new Cause(kind, "text", "Do.")));
    }

    Scene unknown(String source, String job, int from, int to) {
        return change(source, job, from, to, new Health.Unknown(Health.UnknownWhy.SOURCE_BLIND));
    }

    Scene gone(String source, String job, int from, int to) {
        return change(source, job, from, to, new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY));
    }

    Scene up(String source, String job, String instance) {
        due.get(source).add(delta(source, job, instance, Health.UP));
        return this;
    }

    Scene down(String source, String job, String instance) {
        Health down = new Health.Down(new Cause(REFUSED, "connection refused", "Start it."));
        due.get(source).add(delta(source, job, instance, down));
        return this;
    }

    Scene change(String source, String job, String instance, Health health) {
        due.get(source).add(delta(source, job, instance, health));
        return this;
    }

    /** What becomes of the requests that the parent has for that service. */
    Scene child(String source, String parent, String service, Health health) {
        Map<String, String> labels = Map.of("service", parent, Target.CHILD, service);
        String id = id(source, parent, service);
        due.get(source)
                .add(delta(new Target(id, source(source), parent, service, "file", Target.NO_URL, labels), health));
        return this;
    }

    /** Routers of that source lead to those services. */
    Scene routers(String source, String... services) {
        routing.put(source, new Routing(Set.of(services), Set.of(services), Long.MIN_VALUE));
        return this;
    }

    /** That source takes another configuration before each of its polls; or no more. */
    Scene reloads(String source, boolean so) {
        if (so) {
            reloading.add(source);
        } else {
            reloading.remove(source);
        }
        return this;
    }

    /** Queues a change of the instances {@code i<from>} to {@code i<to>} for the next poll of the source. */
    Scene change(String source, String job, int from, int to, Health health) {
        for (int i = from; i <= to; i++) {
            due.get(source).add(delta(source, job, "i" + i, health));
        }
        return this;
    }

    static String id(String source, String job, String instance) {
        return source + ":" + job + ":" + instance;
    }

    /* i1 and i1#2 are two targets of one instance. */
    private HealthDelta delta(String source, String job, String instance, Health to) {
        String name = instance.replaceFirst("#.*", "");
        Target target = new Target(
                id(source, job, instance),
                source(source),
                job,
                name,
                job,
                "http://" + instance + "/metrics",
                Map.of("job", job, "instance", name));
        return delta(target, to);
    }

    private HealthDelta delta(Target target, Health to) {
        HealthDelta before = this.health.get(target.id());
        HealthDelta delta = new HealthDelta(
                target,
                before == null ? null : before.to(),
                new HealthDelta.Standing(to, wall()),
                new HealthDelta.Evidence(wall(), 0.01, wall(), 15_000, 10_000),
                epoch,
                before == null ? 1 : before.seq() + 1,
                0,
                false,
                false);
        this.health.put(target.id(), delta);
        return delta;
    }

    private Instant wall() {
        return START.plusSeconds(second);
    }

    private Moment moment() {
        return new Moment(second * 1_000, wall());
    }

    /** Lets time pass: a beat and a tick each second, a poll of every source every 5 s. */
    Scene pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            waits.beat(second * 1_000);
            if (second % POLL_SECONDS == 0) {
                sources.keySet().forEach(this::poll);
            }
            take(correlator.tick(moment()));
        }
        return this;
    }

    /** Our own process stands still: no beat, no poll. */
    Scene stall(int seconds) {
        second += seconds;
        return this;
    }

    private void poll(String source) {
        SourceState state = sources.get(source);
        if (state == SourceState.READY) {
            observedUntil.put(source, wall());
        }
        List<HealthDelta> deltas = List.copyOf(due.get(source));
        due.get(source).clear();
        take(correlator.batch(new DeltaBatch(
                source(source),
                state,
                null,
                "",
                epoch,
                ++poll,
                moment(),
                observedUntil.getOrDefault(source, Instant.EPOCH),
                Duration.ofSeconds(POLL_SECONDS),
                deltas,
                List.of(),
                List.of(),
                mute.getOrDefault(source, Set.of()),
                reached.getOrDefault(source, DeltaBatch.Reached.OTHERS),
                0,
                0,
                0,
                0,
                state == SourceState.READY ? routing(source) : null)));
    }

    private @Nullable Routing routing(String source) {
        Routing told = routing.get(source);
        return told != null && reloading.contains(source)
                ? new Routing(told.routers(), told.services(), moment().monoMillis())
                : told;
    }

    private void take(Decided decided) {
        for (Outage outage : decided.outages()) {
            outages.put(outage.scope().key(), outage);
            versions.add(outage);
            told.add(line(outage));
        }
        for (Finding finding : decided.findings()) {
            findings.put(finding.key(), finding);
            told.add("%ds %s %s %s seq %d"
                    .formatted(
                            second,
                            finding.open() ? "finding" : "cleared",
                            finding.kind().text(),
                            finding.subject().get("job"),
                            finding.seq()));
        }
        for (Tombstone end : decided.tombstones()) {
            outages.remove(end.key());
            findings.remove(end.key());
            tombstones.add(end);
        }
    }

    private String line(Outage outage) {
        JobCounts counts = outage.counts();
        return String.format(
                Locale.ROOT,
                "%ds %s v%d %s %s %s: %d down %d gone of %d, seq %d%s",
                second,
                outage.change().text(),
                outage.version(),
                outage.reason().text(),
                outage.scope().title(),
                outage.verdict() == null ? "-" : outage.verdict().text(),
                counts.down(),
                counts.gone(),
                counts.expected(),
                outage.seq(),
                outage.both().impact() == null
                        ? ""
                        : ", " + outage.both().impact().text());
    }

    /** kill -9, and a start after some seconds: a new correlator that knows the log. */
    Scene killAndRestart(int secondsAway) {
        List<Watermark> watermarks = sources.keySet().stream()
                .map(name -> new Watermark(
                        source(name),
                        SourceState.READY,
                        null,
                        observedUntil.getOrDefault(name, Instant.EPOCH),
                        0,
                        0,
                        0,
                        epoch,
                        1))
                .toList();
        second += secondsAway;
        epoch++;
        waits = new WaitClock();
        waits.beat(second * 1_000);
        correlator = new Correlator("eu", new OneRule(rules, joins), waits, epoch);
        correlator.restore(health.values(), outages.values(), findings.values(), watermarks, moment());
        return this;
    }

    Outage last() {
        return versions.get(versions.size() - 1);
    }

    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        versions.forEach(version -> ids.add(version.id()));
        return ids;
    }
}
