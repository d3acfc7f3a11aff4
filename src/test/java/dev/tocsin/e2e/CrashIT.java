package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** kill -9 at random moments, during random outages. The seed is printed; {@code -Dtocsin.seed=...} plays it again. */
final class CrashIT {
    private static final int KILLS = 20;

    @RegisterExtension
    final World world = World.of(1);

    @Test
    @DisplayName("F59: after twenty kills the log says what is true")
    void afterTwentyKillsTheLogSaysWhatIsTrue() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.err.println("CrashIT: -Dtocsin.seed=" + seed);
        var random = new Random(seed);
        world.serve(Map.of("checkout", 4, "node", 6, "cache", 20));

        for (int kill = 1; kill <= KILLS; kill++) {
            world.tocsin().start();
            somethingHappens(kill, random);
            /* From the first class loaded to an outage that is just written. */
            boolean runs = world.tocsin().runsFor(Duration.ofMillis(300 + random.nextInt(7_000)));
            assertThat(runs).as("it runs until kill %d", kill).isTrue();
            world.tocsin().kill();
        }
        world.tocsin().start();
        world.job("checkout").forEach(Exporter::refuse);
        world.job("node").forEach(Exporter::up);
        world.job("node").get(0).refuse();

        world.awaitLogSays(Map.of("checkout", "job", "node", "instance"));
        world.job("checkout").forEach(Exporter::up);
        world.job("node").forEach(Exporter::up);
        world.awaitLogSays(Map.of());
        /* More would be luck: a kill may come before each of the others. */
        assertThat(world.tocsin().log().read("outages"))
                .as("the last two outages were opened")
                .filteredOn(Event::opened)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /* The cache stays up: with 20 of 30 targets healthy it is never the server that looks sick. */
    private void somethingHappens(int kill, Random random) {
        List<Exporter> job = world.job(random.nextBoolean() ? "checkout" : "node");
        switch (kill % 4) {
            case 0 -> job.forEach(Exporter::refuse);
            case 1 -> job.get(random.nextInt(job.size())).status(500);
            case 2 -> job.get(random.nextInt(job.size())).up();
            default -> job.forEach(Exporter::up);
        }
    }
}
