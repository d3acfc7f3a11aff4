package dev.tocsin.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A random world with random faults, played from one seed in virtual time: what is told is true, nothing is lost. */
public final class Simulation {
    private static final int STEPS = 60;
    private static final int PEACE_SECONDS = 1_200;

    private Simulation() {}

    /**
     * What came of one seed.
     *
     * @param violation the first one, with the last faults before it; empty when there is none
     * @param ambiguous openings that nobody could have told from the truth
     * @param proven plain outages that were found in time
     */
    public record Outcome(long seed, String violation, int ambiguous, int proven) {}

    /** The first violation of a seed, as text; empty when there is none. In words of the JDK alone, for other class loaders. */
    public static String violation(long seed) {
        return run(seed).violation();
    }

    public static Outcome run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> servers = random.nextBoolean() ? List.of("a", "b") : List.of("a");
        World world = new World(servers.toArray(String[]::new));
        Map<String, Integer> jobs = new LinkedHashMap<>();
        int count = 2 + random.nextInt(3);
        for (int job = 0; job < count; job++) {
            int size = 1 + random.nextInt(12);
            jobs.put("j" + job, size);
            world.job("j" + job, 1, size);
        }
        world.pass(60);
        Truth truth = new Truth(world, List.copyOf(jobs.keySet()));
        Oracle oracle = new Oracle(world, truth);
        Faults faults = new Faults(world, random, servers, jobs);
        String violation = "";
        try {
            for (int step = 0; step < STEPS; step++) {
                faults.strike();
                pass(1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 40), world, faults, truth, oracle);
            }
            faults.heal();
            pass(PEACE_SECONDS, world, faults, truth, oracle);
            oracle.atTheEnd(jobs);
        } catch (AssertionError | RuntimeException failed) {
            violation = failed + "\nservers " + servers + ", jobs " + jobs + ", faults " + faults.trace();
        }
        return new Outcome(seed, violation, oracle.ambiguous(), oracle.outagesProvenFound());
    }

    private static void pass(int seconds, World world, Faults faults, Truth truth, Oracle oracle) {
        for (int i = 0; i < seconds; i++) {
            world.pass(1);
            truth.note(faults.second());
            oracle.judge();
        }
    }
}
