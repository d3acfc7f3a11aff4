package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Targets that flip and jobs that go out and come back, a step a second, while something else is done. Confined: a thread of
 * its own, to which the exporters of its jobs belong meanwhile.
 */
final class Load {
    /* Each long enough out to be told of, and seldom enough to be no flapping outage. */
    private static final int JOB_SECONDS_MIN = 8;
    private static final int JOB_SECONDS_SPREAD = 10;
    private static final String FLAPPING = "web";
    private static final Map<String, Integer> JOBS =
            Map.of("checkout", 4, "ledger", 2, "login", 3, "mail", 2, "node", 3, "search", 5);

    private final Random random;
    private final List<Exporter> flapping;
    private final List<Restless> jobs = new ArrayList<>();
    private List<Exporter> blinks = List.of();

    private Load(World world, Random random) {
        this.random = random;
        this.flapping = world.job(FLAPPING);
        JOBS.keySet().stream().sorted().forEach(job -> jobs.add(new Restless(world.job(job))));
    }

    /** Serves its jobs in that world, all up. @param flapping how many targets flip, a tenth of them each second */
    static Load on(World world, Random random, int flapping) {
        Map<String, Integer> served = new HashMap<>(JOBS);
        served.put(FLAPPING, flapping);
        world.serve(served);
        return new Load(world, new Random(random.nextLong()));
    }

    /** Goes on for as long as that is done; all are up when this returns. */
    void during(Runnable acts) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        Future<?> steps = thread.scheduleAtFixedRate(this::step, 0, 1, TimeUnit.SECONDS);
        try {
            acts.run();
            assertThat(steps).as("every step was taken").isNotDone();
        } finally {
            end(thread);
        }
        flapping.forEach(Exporter::up);
        jobs.forEach(job -> job.exporters.forEach(Exporter::up));
    }

    private static void end(ScheduledExecutorService thread) {
        thread.shutdown();
        try {
            assertThat(thread.awaitTermination(20, TimeUnit.SECONDS))
                    .as("the last step ends")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /* Of those that flip too few are down at a time, each for too short a time, for an outage of their job. */
    private void step() {
        blinks.forEach(Exporter::up);
        blinks = random.ints(flapping.size() / 10, 0, flapping.size())
                .mapToObj(flapping::get)
                .toList();
        blinks.forEach(exporter -> exporter.status(500));
        jobs.forEach(Restless::step);
    }

    /** A job that is well for a while, and then out as a whole or in part for a while. */
    private final class Restless {
        private final List<Exporter> exporters;
        private boolean out;
        private int left = random.nextInt(JOB_SECONDS_MIN);

        Restless(List<Exporter> exporters) {
            this.exporters = exporters;
        }

        void step() {
            if (left-- > 0) {
                return;
            }
            left = JOB_SECONDS_MIN + random.nextInt(JOB_SECONDS_SPREAD);
            out = !out;
            if (!out) {
                exporters.forEach(Exporter::up);
            } else if (random.nextInt(3) == 0) {
                exporters.get(0).refuse();
            } else {
                exporters.forEach(random.nextBoolean() ? Exporter::refuse : exporter -> exporter.status(503));
            }
        }
    }
}
