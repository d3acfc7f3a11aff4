package dev.tocsin.simulation;

import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.Outage;
import dev.tocsin.poll.VirtualPoller;
import dev.tocsin.wire.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Servers, their targets and us in virtual time: the production rounds, tables, correlators, watch and log, and what a
 * reader of the log has.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final String CLUSTER = "eu";

    final Network network = new Network();
    final Map<String, VirtualPrometheus> servers = new LinkedHashMap<>();
    final Map<String, VirtualTraefik> traefiks = new LinkedHashMap<>();

    private final Monitor us;
    final List<String> told = new ArrayList<>();
    final List<Outage> outages = new ArrayList<>();
    final List<HealthDelta> deltas = new ArrayList<>();

    private int noted;
    private long second;
    private List<Object> stateOf = List.of();
    private Truth.State state;

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
        this(settings, sources, List.of());
    }

    /** @param traefiks beside the servers that scrape */
    World(Settings settings, List<Source> sources, Collection<VirtualTraefik> traefiks) {
        traefiks.forEach(traefik -> this.traefiks.put(traefik.source.name(), traefik));
        for (Source source : sources) {
            servers.put(
                    source.name(),
                    new VirtualPrometheus(
                            source,
                            network.discovered(source.cluster()),
                            network::changes,
                            network.from(source.name()),
                            settings,
                            START.minusSeconds(3_600)));
        }
        List<Source> all = new ArrayList<>(sources);
        traefiks.forEach(traefik -> all.add(traefik.source));
        us = new Monitor(settings, all);
        start();
    }

    World job(String job, int from, int to) {
        return list(job, names(job, from, to));
    }

    World list(String job, List<String> instances) {
        return list(CLUSTER, job, instances);
    }

    World list(String cluster, String job, List<String> instances) {
        network.list(cluster, job, instances);
        return this;
    }

    /** The instances of a job, as service discovery has them; none when its pool is not there. */
    List<String> listed(String job) {
        return network.discovered(CLUSTER).getOrDefault(job, List.of());
    }

    World noJob(String job) {
        return noJob(CLUSTER, job);
    }

    World noJob(String cluster, String job) {
        network.noJob(cluster, job);
        return this;
    }

    World down(String job, int from, int to) {
        names(job, from, to).forEach(network.down::add);
        return this;
    }

    World up(String job, int from, int to) {
        names(job, from, to).forEach(network::up);
        return this;
    }

    World down(String instance) {
        network.down.add(instance);
        return this;
    }

    /** It fails with these texts, one a scrape, in turn. */
    World down(String instance, List<String> said) {
        network.down(instance, said);
        return this;
    }

    World up(String instance) {
        network.up(instance);
        return this;
    }

    /** Scrapes of it begin and do not end. */
    World hang(String instance) {
        network.hanging.add(instance);
        return this;
    }

    World answer(String instance) {
        network.hanging.remove(instance);
        return this;
    }

    World isolate(String server) {
        network.isolated.add(server);
        return this;
    }

    World reconnect(String server) {
        network.isolated.remove(server);
        return this;
    }

    World cut(String server, String job) {
        network.cut.add(server + " " + job);
        return this;
    }

    World join(String server, String job) {
        network.cut.remove(server + " " + job);
        return this;
    }

    /** That server has a limit on that job's pool, and scrapes none of it. */
    World limit(String server, String job) {
        network.limited.add(server + " " + job);
        return this;
    }

    World unlimit(String server, String job) {
        network.limited.remove(server + " " + job);
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
            traefiks.values().forEach(traefik -> traefik.second(wall().toEpochMilli()));
            us.second(moment(), this::asked);
            note();
        }
        return this;
    }

    private VirtualPoller.Server asked(String name) {
        VirtualTraefik traefik = traefiks.get(name);
        return traefik == null ? now -> server(name).ask(now, wall()) : now -> traefik.ask(now, wall(), us.life());
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
        return servers.values().stream().mapToInt(server -> server.keys() + 1).sum()
                + traefiks.values().stream()
                        .mapToInt(traefik -> traefik.keys() + 1)
                        .sum();
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
        List<Object> now = List.of(network.changes(), dark, silent, frozen, empty, us.life(), awake, calm);
        if (!now.equals(stateOf)) {
            stateOf = now;
            state = new Truth.State(
                    network.down.copy(),
                    network.failing(servers.keySet()),
                    network.unreachable(servers.keySet()),
                    network.hanging.copy(),
                    dark,
                    silent,
                    frozen,
                    network.listed(),
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

    /** Who is really down. */
    Set<String> downNow() {
        return network.down.copy();
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
