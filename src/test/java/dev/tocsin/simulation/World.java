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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

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

    /** With what those fail that do not just refuse: one text a scrape, in turn. */
    private final Map<String, List<String>> texts = new HashMap<>();

    private final Set<String> hanging = new HashSet<>();
    private final Set<String> isolated = new HashSet<>();
    private final Set<String> cut = new HashSet<>();
    private final Set<String> limited = new HashSet<>();
    final Map<String, VirtualPrometheus> servers = new LinkedHashMap<>();

    private final Monitor us;
    final List<String> told = new ArrayList<>();
    final List<Outage> outages = new ArrayList<>();
    final List<HealthDelta> deltas = new ArrayList<>();

    private int noted;
    private long second;
    private int changes;
    private List<Object> stateOf = List.of();
    private Truth.State state;

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
                            () -> changes,
                            new Network(source.name()),
                            settings,
                            START.minusSeconds(3_600)));
        }
        us = new Monitor(settings, sources);
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
            if (limited.contains(server + " " + target.job())) {
                return "target_limit exceeded (number of targets: 9, limit: 5)";
            }
            if (!down.contains(target.instance()) && !cutOff(server, target.job())) {
                return beyond.failure(server, target, number);
            }
            List<String> said = texts.get(target.instance());
            return said == null ? refusal(target) : said.get(number % said.size());
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
        changes++;
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
        changes++;
        jobs(cluster).remove(job);
        return this;
    }

    World down(String job, int from, int to) {
        changes++;
        down.addAll(names(job, from, to));
        return this;
    }

    World up(String job, int from, int to) {
        down.removeAll(names(job, from, to));
        return this;
    }

    World down(String instance) {
        changes++;
        down.add(instance);
        return this;
    }

    /** It fails with these texts, one a scrape, in turn. */
    World down(String instance, List<String> said) {
        changes++;
        texts.put(instance, List.copyOf(said));
        return down(instance);
    }

    World up(String instance) {
        changes++;
        down.remove(instance);
        texts.remove(instance);
        return this;
    }

    /** Scrapes of it begin and do not end. */
    World hang(String instance) {
        changes++;
        hanging.add(instance);
        return this;
    }

    World answer(String instance) {
        changes++;
        hanging.remove(instance);
        return this;
    }

    World isolate(String server) {
        changes++;
        isolated.add(server);
        return this;
    }

    World reconnect(String server) {
        changes++;
        isolated.remove(server);
        return this;
    }

    World cut(String server, String job) {
        changes++;
        cut.add(server + " " + job);
        return this;
    }

    World join(String server, String job) {
        changes++;
        cut.remove(server + " " + job);
        return this;
    }

    /** That server has a limit on that job's pool, and scrapes none of it. */
    World limit(String server, String job) {
        changes++;
        limited.add(server + " " + job);
        return this;
    }

    World unlimit(String server, String job) {
        changes++;
        limited.remove(server + " " + job);
        return this;
    }

    private boolean cutOff(String server, String job) {
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
            us.second(moment(), name -> now -> server(name).ask(now, wall()));
            note();
        }
        return this;
    }

    private void note() {
        for (; noted < us.records().size(); noted++) {
            Event event = us.records().get(noted).event();
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
        us.stall(second + seconds);
        return this;
    }

    boolean awake() {
        return us.awake(moment());
    }

    /** kill -9: all memory is gone; the log stays. */
    World kill() {
        us.kill();
        return this;
    }

    /** A new process, which knows the log. */
    World start() {
        us.start(moment(), new SplittableRandom(second));
        note();
        return this;
    }

    /** The last state of each target in the log. */
    Collection<HealthDelta> health() {
        Map<String, HealthDelta> last = new LinkedHashMap<>();
        deltas.forEach(delta -> last.put(delta.target().id(), delta));
        return last.values();
    }

    /** A second process of ours on the same folder. */
    void startAnother() {
        us.startAnother(moment());
    }

    /** Our log drops what is superseded. */
    void compact() {
        us.compact(moment());
    }

    /** How many keys of health and of watermarks there have been. */
    int keys() {
        return servers.values().stream().mapToInt(server -> server.keys() + 1).sum();
    }

    Monitor us() {
        return us;
    }

    /** How things stand; the same object while they stand so. */
    Truth.State state(boolean calm) {
        Set<String> dark = named(VirtualPrometheus::dark);
        Set<String> silent = named(VirtualPrometheus::silent);
        Set<String> frozen = named(server -> server.frozen);
        Set<String> empty = named(server -> server.empty);
        boolean awake = awake() && !us.disk().refuses();
        List<Object> now = List.of(changes, dark, silent, frozen, empty, us.life(), awake, calm);
        if (!now.equals(stateOf)) {
            stateOf = now;
            state = new Truth.State(
                    Set.copyOf(down),
                    failing(limited),
                    failing(Set.of()),
                    Set.copyOf(hanging),
                    dark,
                    silent,
                    frozen,
                    listed(),
                    empty,
                    us.life(),
                    awake,
                    calm);
        }
        return state;
    }

    private Set<String> named(Predicate<VirtualPrometheus> which) {
        Set<String> names = new TreeSet<>();
        servers.forEach((name, server) -> {
            if (which.test(server)) {
                names.add(name);
            }
        });
        return names;
    }

    private Map<String, List<String>> listed() {
        Map<String, List<String>> all = new TreeMap<>();
        discovered.values().forEach(all::putAll);
        return all;
    }

    /** By server, who is down, or not reached, or in one of those pools of a server. */
    private Map<String, Set<String>> failing(Set<String> pools) {
        Map<String, Set<String>> failing = new TreeMap<>();
        for (String server : servers.keySet()) {
            Set<String> fails = new HashSet<>(down);
            listed().forEach((job, names) -> {
                if (pools.contains(server + " " + job) || cutOff(server, job)) {
                    fails.addAll(names);
                }
            });
            failing.put(server, fails);
        }
        return failing;
    }

    /** Who is really down. */
    Set<String> downNow() {
        return Set.copyOf(down);
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
