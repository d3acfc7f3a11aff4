package dev.tocsin.simulation;

import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.sim.Balancer;
import dev.tocsin.sim.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The Traefiks of a random world, and what is behind them: who is led to, who is down, who is cut off. Confined: its run. */
final class Edges {
    private static final int ONE_WORLD_IN = 3;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Duration POLL = Duration.ofSeconds(5);

    final Map<String, VirtualTraefik> traefiks = new LinkedHashMap<>();
    final Map<String, Balancer.Service> services = new TreeMap<>();

    /** Whether servers have the addresses of the instances of their job. */
    private boolean joined;

    /** Servers that refuse whoever comes. */
    final Set<String> down = new HashSet<>();

    /** Servers that take a request, and say nothing. */
    final Set<String> hanging = new HashSet<>();

    /** "traefik server": those that one Traefik does not reach. */
    final Set<String> cut = new HashSet<>();

    /**
     * Those of a seed; none in most worlds.
     *
     * @param shape a stream of its own: a world is as it was without them
     * @param jobs in front of whose instances services stand
     */
    static Edges of(SplittableRandom shape, Set<String> jobs) {
        Edges edges = new Edges();
        if (shape.nextInt(ONE_WORLD_IN) != 0) {
            return edges;
        }
        jobs.stream().limit(1L + shape.nextInt(3)).forEach(job -> edges.serve(job, shape));
        int count = 1 + shape.nextInt(3);
        long[] ages = new long[count];
        Arrays.setAll(ages, i -> shape.nextLong(HOUR_MILLIS));
        if (shape.nextBoolean()) {
            edges.join();
        }
        for (int i = 1; i <= count; i++) {
            edges.add("t" + i, ages[i - 1]);
        }
        return edges;
    }

    /* What is served is then where it is scraped. */
    private void join() {
        joined = true;
        services.replaceAll((name, of) ->
                new Balancer.Service(of.servers().stream().map(this::address).toList(), of.check()));
    }

    /** Where an instance, or a server of its job, is in this world: {@code j1-7:9100} may be {@code 10.1.0.7:80}. */
    String address(String name) {
        if (!joined) {
            return name;
        }
        int dash = name.indexOf('-');
        int number = Integer.parseInt(name.substring(dash + 1, name.indexOf(':')));
        return "10." + name.substring(1, dash) + "." + number / 256 + "." + number % 256 + ":80";
    }

    private void serve(String job, SplittableRandom shape) {
        String provider = shape.nextInt(4) == 0 ? "docker" : "file";
        /* A round of checks, and so the end of a flapping, is within the peace at the end. */
        Balancer.Check check = shape.nextInt(5) == 0
                ? null
                : new Balancer.Check(5_000L * (1 + shape.nextInt(2)), 1_000L * (1 + shape.nextInt(2)));
        services.put(job + "@" + provider, new Balancer.Service(names(job, 1, 1 + shape.nextInt(5)), check));
    }

    private void add(String name, long ageMillis) {
        long start = World.START.toEpochMilli();
        traefiks.put(
                name,
                new VirtualTraefik(
                        new Source(name, World.CLUSTER, SourceKind.TRAEFIK),
                        () -> services,
                        (service, server) -> answer(name, server),
                        POLL,
                        start - ageMillis,
                        start));
    }

    static List<String> names(String job, int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            names.add(job + "-" + i + ":8080");
        }
        return names;
    }

    /** What a check from that Traefik comes to now. */
    Checks.Answer answer(String traefik, String server) {
        if (down.contains(server) || cut.contains(traefik + " " + server)) {
            return Checks.Answer.FAILS;
        }
        return hanging.contains(server) ? Checks.Answer.HANGS : Checks.Answer.FINE;
    }

    /** Another list of servers; each Traefik takes it. */
    void list(String service, List<String> servers) {
        services.computeIfPresent(service, (name, was) -> new Balancer.Service(List.copyOf(servers), was.check()));
        traefiks.values().forEach(VirtualTraefik::reload);
    }

    boolean joined() {
        return joined;
    }

    boolean none() {
        return traefiks.isEmpty();
    }
}
