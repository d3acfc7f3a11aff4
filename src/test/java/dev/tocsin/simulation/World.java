package dev.tocsin.simulation;

import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Servers, their targets and us in virtual time, with the production tables, correlator, watch and records; the log is
 * the lines that would stand in the file.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final String CLUSTER = "eu";

    private final Settings settings;

    /** By cluster, the instances of each job. */
    private final Map<String, Map<String, List<String>>> discovered = new LinkedHashMap<>();

    private final Set<String> down = new HashSet<>();

    private final Set<String> hanging = new HashSet<>();
    private final Set<String> isolated = new HashSet<>();
    private final Set<String> cut = new HashSet<>();
    final Map<String, VirtualPrometheus> servers = new LinkedHashMap<>();

    final Journal journal = new Journal();
    final List<String> told = new ArrayList<>();
    final List<Outage> outages = new ArrayList<>();
    final List<HealthDelta> deltas = new ArrayList<>();

    private OneLife life;
    private long epoch;
    private boolean alive;
    private long stalledUntil;
    private long second;

    Beyond beyond = Beyond.NOTHING;

    /** By how much our own wall clock is wrong. */
    Duration ourSkew = Duration.ZERO;

    /** One world that all those servers see. */
    World(String... names) {
        this(
                Settings.DEFAULT,
                Arrays.stream(names)
                        .map(name -> new Source(name, CLUSTER, SourceKind.PROMETHEUS))
                        .toList());
    }

    World(Settings settings, List<Source> sources) {
        this.settings = settings;
        for (Source source : sources) {
            servers.put(
                    source.name(),
                    new VirtualPrometheus(
                            source,
                            jobs(source.cluster()),
                            new Network(source.name()),
                            settings,
                            START.minusSeconds(3_600)));
        }
        start();
    }

    private Map<String, List<String>> jobs(String cluster) {
        return discovered.computeIfAbsent(cluster, name -> new LinkedHashMap<>());
    }

    /** What scrapes come to beside what is said here. */
    interface Beyond {
        Beyond NOTHING = new Beyond() {
            @Override
            public String failure(String server, Target target, int number) {
                return "";
            }

            @Override
            public boolean ends(Target target) {
                return true;
            }
        };

        /** Its error text, empty when it succeeds. @param number of the scrape: 0, 1, 2 ... */
        String failure(String server, Target target, int number);

        boolean ends(Target target);
    }

    /** What one server's scrapes come to. */
    private final class Network implements VirtualPrometheus.Reach {
        private final String server;

        Network(String server) {
            this.server = server;
        }

        @Override
        public String failure(Target target, int number) {
            return down.contains(target.instance()) || cutOff(server, target.job())
                    ? refusal(target)
                    : beyond.failure(server, target, number);
        }

        @Override
        public boolean ends(Target target) {
            return !hanging.contains(target.instance()) && beyond.ends(target);
        }
    }

    static String refusal(Target target) {
        return "Get \"" + target.url() + "\": dial tcp: connect: connection refused";
    }

    World job(String job, int from, int to) {
        return list(job, names(job, from, to));
    }

    World list(String job, List<String> instances) {
        return list(CLUSTER, job, instances);
    }

    World list(String cluster, String job, List<String> instances) {
        jobs(cluster).put(job, List.copyOf(instances));
        return this;
    }

    /** The instances of a job, as service discovery has them; none when its pool is not there. */
    List<String> listed(String job) {
        return jobs(CLUSTER).getOrDefault(job, List.of());
    }

    World noJob(String job) {
        return noJob(CLUSTER, job);
    }

    World noJob(String cluster, String job) {
        jobs(cluster).remove(job);
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

    World down(String instance) {
        down.add(instance);
        return this;
    }

    World up(String instance) {
        down.remove(instance);
        return this;
    }

    /** Scrapes of it begin and do not end. */
    World hang(String instance) {
        hanging.add(instance);
        return this;
    }

    World answer(String instance) {
        hanging.remove(instance);
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

    boolean cutOff(String server, String job) {
        return isolated.contains(server) || cut.contains(server + " " + job);
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

    static List<String> names(String job, int from, int to) {
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
            if (awake()) {
                journal.beginGroup();
                int from = journal.size();
                live();
                note(from);
            }
        }
        return this;
    }

    private void live() {
        life.beat(moment());
        if (second % settings.pollSeconds() == 0) {
            Duration interval = Duration.ofSeconds(settings.pollSeconds());
            servers.values()
                    .forEach(server ->
                            life.polled(server.source, server.answer(life.nextPoll(), moment(), wall()), interval));
        }
        life.tick(moment());
    }

    private void note(int from) {
        for (int i = from; i < journal.size(); i++) {
            Event event = journal.get(i);
            if (event instanceof Event.OfHealth of) {
                deltas.add(of.delta());
            } else if (event instanceof Event.OfOutage of) {
                outages.add(of.outage());
                told.add(second + "s " + Story.of(of.outage()));
            } else if (event instanceof Event.OfFinding of) {
                told.add(second + "s " + Story.of(of.finding()));
            }
        }
    }

    /** We do not run for a while, and do not notice: garbage collection, SIGSTOP. */
    World stall(int seconds) {
        stalledUntil = Math.max(stalledUntil, second + seconds);
        return this;
    }

    boolean awake() {
        return alive && second > stalledUntil;
    }

    /** The number of our present life. */
    long epoch() {
        return epoch;
    }

    boolean alive() {
        return alive;
    }

    /** kill -9: all memory is gone; the log stays. */
    World kill() {
        alive = false;
        return this;
    }

    /** kill -9 while the records of this second are being synced: only the first few of them are in the log. */
    World killKeeping(int kept) {
        journal.keepOfGroup(kept);
        deltas.clear();
        outages.clear();
        told.clear();
        note(0);
        return kill();
    }

    /** A new process, which knows the log. */
    World start() {
        alive = true;
        stalledUntil = 0;
        epoch++;
        List<Source> sources =
                servers.values().stream().map(server -> server.source).toList();
        life = new OneLife(epoch, settings, sources, journal, moment());
        return this;
    }

    Journal.Remembered remembered() {
        return journal.read();
    }

    void assertGaplessKeys() {
        journal.assertGapless();
    }

    /** Who is really down. */
    Set<String> downNow() {
        return Set.copyOf(down);
    }

    boolean hangs(String instance) {
        return hanging.contains(instance);
    }

    Instant wall() {
        return START.plusSeconds(second);
    }

    private Moment moment() {
        return new Moment(second * 1_000, wall().plus(ourSkew));
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
