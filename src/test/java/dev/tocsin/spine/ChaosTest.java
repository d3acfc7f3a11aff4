package dev.tocsin.spine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random worlds and faults, one seed each: what is told is true, nothing is lost, and in the end all is well. */
class ChaosTest {
    private static final int SEEDS = Integer.getInteger("tocsin.chaos.seeds", 30);
    private static final long FIRST_SEED = Long.getLong("tocsin.chaos.seed", 1);
    private static final int STEPS = 60;
    private static final int PEACE_SECONDS = 1_200;

    @Test
    void whatIsToldIsTrueAndInTheEndAllIsWell() {
        List<String> failures = new ArrayList<>();
        int ambiguous = 0;
        int proven = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                Oracle oracle = run(seed);
                ambiguous += oracle.ambiguous();
                proven += oracle.outagesProvenFound();
            } catch (AssertionError | RuntimeException failed) {
                failures.add("seed " + seed + ": " + failed);
            }
        }
        System.out.println("chaos: " + SEEDS + " seeds, " + failures.size() + " failed, " + ambiguous
                + " openings ambiguous, " + proven + " plain outages found in time");
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    private static Oracle run(long seed) {
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
        try {
            for (int step = 0; step < STEPS; step++) {
                faults.strike();
                pass(1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 40), world, faults, truth, oracle);
            }
            faults.heal();
            pass(PEACE_SECONDS, world, faults, truth, oracle);
            oracle.atTheEnd(jobs);
            return oracle;
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(
                    failed + "\nservers " + servers + ", jobs " + jobs + ", faults " + faults.trace(), failed);
        }
    }

    private static void pass(int seconds, World world, Faults faults, Truth truth, Oracle oracle) {
        for (int i = 0; i < seconds; i++) {
            world.pass(1);
            truth.note(faults.second());
            oracle.judge();
        }
    }
}
