package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the topics have after kill -9 of the broker, with hundreds of targets that flip and jobs that go out and come back.
 * The seed is printed; {@code -Dtocsin.seed=...} plays it again.
 */
final class BrokerKillsIT {
    private static final int FLAPPING = 200;

    private final RealKafka kafka = new RealKafka();
    private final Witness witness = Witness.at(kafka.bootstrap());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    private final Random random = Seed.of(BrokerKillsIT.class);
    private final Reaper reaper = new Reaper(world, kafka, random);

    @BeforeEach
    void start() {
        world.endsWith(kafka).start();
    }

    @Test
    @DisplayName("F80: the broker killed three times under load loses nothing, has nothing twice, and goes on soon")
    void theBrokerKilledThreeTimesUnderLoadLosesNothing() {
        Load.on(world, random, FLAPPING).during(() -> {
            reaper.startMonitor();
            for (int kill = 1; kill <= 3; kill++) {
                reaper.monitorRunsFor(reaper.randomWithin(ofSeconds(10)));
                reaper.killBroker(() -> reaper.monitorRunsFor(reaper.randomWithin(ofSeconds(3))));
            }
        });

        allIsThereOnce();
        assertThat(reaper.longestStall()).isLessThan(ofSeconds(30));
    }

    @Test
    @DisplayName("F79: a minute without Kafka delays every opening and end of it, and merges the health of a target")
    void aMinuteWithoutKafkaDelaysEveryOpeningAndEnd() {
        Load.on(world, random, FLAPPING).during(() -> {
            reaper.startMonitor();
            reaper.monitorRunsFor(ofSeconds(10));
            reaper.killBroker(() -> {
                int before = outages();
                reaper.monitorRunsFor(ofSeconds(60));
                assertThat(outages()).as("outages in that minute").isGreaterThan(before + 4);
            });
        });

        allIsThereOnce();
        assertThat(witness.read("health")).anyMatch(event -> event.coalesced() > 0);
        assertThat(world.tocsin().logged("kafka away")).isBetween(1L, 2L);
    }

    private int outages() {
        return world.tocsin().log().read("outages").size();
    }

    private void allIsThereOnce() {
        world.awaitLogSays(Map.of());
        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        Account account = witness.account(world.tocsin().log());
        assertThat(account.mistakes()).isEmpty();
        assertThat(account.opened()).isPositive();
    }
}
