package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.broker.OwnKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the topics have when the broker is there and does not answer, while much changes. */
final class KafkaFaultsIT {
    private final OwnKafka kafka = OwnKafka.start(Files.createTempDirectory("kafka-it-"), Map.of());
    private final Witness witness = Witness.at(kafka.bootstrap());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    KafkaFaultsIT() throws IOException {}

    @BeforeEach
    void watch() {
        world.endsWith(kafka);
        world.serve(Map.of("checkout", 4, "node", 3));
        world.watch();
        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
    }

    @Test
    @DisplayName("F81: records whose acknowledgements are lost are in the topics once, in order")
    void recordsWhoseAcknowledgementsAreLostAreThereOnce() {
        kafka.proxy().loseAnswers();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        awaitLogged("no acknowledgement for 5 s");
        world.job("checkout").forEach(Exporter::up);
        world.awaitOpen(Map.of());

        kafka.proxy().pass();

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        awaitLogged("kafka takes records again");
        assertThat(kafka.proxy().answersLost()).isPositive();
    }

    @Test
    @DisplayName("F79: a broker that stands still for 30 s has every change of that time afterwards, once")
    void aBrokerThatStandsStillHasEveryChangeAfterwards() {
        kafka.freeze();
        Instant thaw = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(thaw)) {
            world.job("checkout").forEach(Exporter::refuse);
            world.awaitOpen(Map.of("checkout", "job"));
            world.job("checkout").forEach(Exporter::up);
            world.awaitOpen(Map.of());
        }

        kafka.thaw();

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        assertThat(world.tocsin().logged("kafka away")).isBetween(1L, 2L);
    }

    private void awaitLogged(String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(30))
                .until(() -> world.tocsin().logged(text) > 0);
    }
}
