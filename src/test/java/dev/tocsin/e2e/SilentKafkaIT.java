package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.broker.OwnKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start with a Kafka that hears us and is not heard. */
final class SilentKafkaIT {
    private final OwnKafka kafka = OwnKafka.start(Files.createTempDirectory("kafka-it-"), Map.of());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    SilentKafkaIT() throws IOException {}

    @Test
    @DisplayName(
            "F83: with Kafka's answers lost from the start on that is said once, and publishing follows when they come")
    void withItsAnswersLostThatIsSaidOnceAndPublishingFollows() {
        world.endsWith(kafka);
        kafka.proxy().loseAnswers();
        world.serve(Map.of("checkout", 4));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        world.awaitObserved(Duration.ofSeconds(20));
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);

        kafka.proxy().pass();

        Witness.at(kafka.bootstrap()).awaitTopicsSayWhatIsIn(world.tocsin().log());
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
    }
}
