package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the topics have after kill -9 of the monitor at random moments, during random outages. The seed is printed;
 * {@code -Dtocsin.seed=...} plays it again.
 */
final class KafkaCrashIT {
    private static final int KILLS = 10;

    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @Test
    @DisplayName("F59: after ten kills the topics have every record once, and say what the log says")
    void afterTenKillsTheTopicsHaveEveryRecordOnceAndSayWhatTheLogSays() {
        Random random = Seed.of(KafkaCrashIT.class);
        world.endsWith(kafka).start();
        Reaper reaper = new Reaper(world, kafka, random);

        Load.on(world, random, 30).during(() -> {
            world.tocsin().start();
            for (int kill = 1; kill <= KILLS; kill++) {
                reaper.killMonitor(ofSeconds(4));
            }
        });
        /* More outages than this one would be luck: a kill may come before each of the others. */
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitLogSays(Map.of("checkout", "job"));
        world.job("checkout").forEach(Exporter::up);
        world.awaitLogSays(Map.of());

        Witness witness = Witness.at(kafka.bootstrap());
        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        Account account = witness.account(world.tocsin().log());
        assertThat(account.mistakes()).isEmpty();
        assertThat(account.opened()).isPositive();
        assertThat(account.starts()).as("starts that have written").isGreaterThan(1);
    }
}
