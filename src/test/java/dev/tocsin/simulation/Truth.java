package dev.tocsin.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What was really so in a {@link World}, second by second. */
final class Truth {
    /** How long after a failure it may still be told: a round, confirmation, settling, and a stale spell of ours. */
    static final int LOOKBACK_SECONDS = 150;

    /**
     * One second.
     *
     * @param unreachable by server, the instances of which scrapes from there fail
     * @param hanging the instances of which scrapes do not end
     * @param dark the servers from which nothing can be learned
     * @param calm whether nothing is wrong but with targets
     */
    record Second(
            Set<String> down,
            Map<String, Set<String>> unreachable,
            Set<String> hanging,
            Set<String> dark,
            Map<String, List<String>> listed,
            boolean awake,
            boolean calm) {

        boolean fails(String server, String instance) {
            return unreachable.getOrDefault(server, Set.of()).contains(instance);
        }

        /** Whether that server's scrapes of that instance are seen by us now. */
        boolean seen(String server, String instance) {
            return awake && !dark.contains(server) && !hanging.contains(instance);
        }

        boolean lists(String instance) {
            return listed.values().stream().anyMatch(names -> names.contains(instance));
        }

        double shareDown(String job) {
            List<String> names = listed.getOrDefault(job, List.of());
            return names.isEmpty()
                    ? 0
                    : (double) names.stream().filter(down::contains).count() / names.size();
        }
    }

    private final World world;
    private final List<String> jobs;
    private final List<Second> seconds = new ArrayList<>();

    Truth(World world, List<String> jobs) {
        this.world = world;
        this.jobs = jobs;
    }

    void note(boolean calm) {
        Map<String, List<String>> listed = new HashMap<>();
        jobs.forEach(job -> listed.put(job, world.listed(job)));
        Set<String> down = world.downNow();
        Set<String> hanging = new HashSet<>();
        listed.values().forEach(names -> names.stream().filter(world::hangs).forEach(hanging::add));
        Set<String> dark = new HashSet<>();
        Map<String, Set<String>> unreachable = new HashMap<>();
        world.servers.forEach((name, server) -> {
            if (server.dark()) {
                dark.add(name);
            }
            Set<String> fails = new HashSet<>(down);
            jobs.stream().filter(job -> world.cutOff(name, job)).forEach(job -> fails.addAll(listed.get(job)));
            unreachable.put(name, fails);
        });
        seconds.add(new Second(down, unreachable, hanging, dark, listed, world.awake(), calm));
    }

    List<Second> seconds() {
        return seconds;
    }

    Second now() {
        return seconds.get(seconds.size() - 1);
    }

    List<Second> last(int count) {
        return seconds.subList(Math.max(0, seconds.size() - count), seconds.size());
    }

    /** The last seconds, as many as have so many sighted ones among them. */
    List<Second> lookback(Predicate<Second> sighted) {
        int left = LOOKBACK_SECONDS;
        int from = seconds.size();
        while (from > 0 && left > 0) {
            from--;
            left -= sighted.test(seconds.get(from)) ? 1 : 0;
        }
        return seconds.subList(from, seconds.size());
    }
}
