package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the topics have after kill -9 of the monitor at random moments, during random outages. The seed is printed;
 * {@code -Dtocsin.seed=...} plays it again.
 */
final class KafkaCrashIT {
    private static final int KILLS = 6;

    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @Test
    void afterSixKillsTheTopicsHaveEveryRecordOnceAndSayWhatTheLogSays() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.err.println("KafkaCrashIT: -Dtocsin.seed=" + seed);
        var random = new Random(seed);
        world.endsWith(kafka).start();
        world.serve(Map.of("checkout", 4, "node", 6, "cache", 20));

        for (int kill = 1; kill <= KILLS; kill++) {
            world.tocsin().start();
            somethingHappens(kill, random);
            boolean runs = world.tocsin().runsFor(Duration.ofMillis(1_000 + random.nextInt(5_000)));
            assertThat(runs).as("it runs until kill %d", kill).isTrue();
            world.tocsin().kill();
        }
        world.tocsin().start();
        world.job("checkout").forEach(Exporter::refuse);
        world.job("node").forEach(Exporter::up);
        world.awaitLogSays(Map.of("checkout", "job"));
        world.job("checkout").forEach(Exporter::up);
        world.awaitLogSays(Map.of());

        Witness.at(kafka.bootstrap()).awaitTopicsSayWhatIsIn(world.tocsin().log());
    }

    private void somethingHappens(int kill, Random random) {
        List<Exporter> job = world.job(random.nextBoolean() ? "checkout" : "node");
        switch (kill % 3) {
            case 0 -> job.forEach(Exporter::up);
            case 1 -> job.forEach(Exporter::refuse);
            default -> job.get(random.nextInt(job.size())).status(500);
        }
    }
}
