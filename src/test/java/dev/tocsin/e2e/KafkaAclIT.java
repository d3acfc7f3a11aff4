package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.broker.SecureKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Kafka that asks who we are, and allows what {@code conf/kafka} lists. */
final class KafkaAclIT {
    private final Path folder = Files.createTempDirectory("kafka-it-");
    private final Path password = folder.resolve("password");
    private final SecureKafka kafka = SecureKafka.start(folder, List.of("tocsin", "pipelines"));

    @RegisterExtension
    final World world = World.of(1).with("""
            kafka:
              bootstrap: "%s"
              sasl: {mechanism: SCRAM-SHA-512, username: tocsin, password_file: "%s"}
            """.formatted(kafka.bootstrap(), password));

    KafkaAclIT() throws Exception {}

    /* The monitor tries again after a minute: brokers lock out those who insist. */
    @Test
    @DisplayName(
            "F86: with a wrong password polling starts at once; mended, the shipped ACLs are all that publishing needs")
    void withAWrongPasswordPollingStartsAtOnceAndMendedItPublishes() throws Exception {
        world.endsWith(kafka);
        kafka.playWhatIsShipped();
        Files.writeString(password, "a-wrong-one");
        world.serve(Map.of("checkout", 4));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
        assertThat(world.tocsin().logged("a-wrong-one")).isZero();

        Files.writeString(password, SecureKafka.PASSWORD);

        new Witness(kafka.client("pipelines", "SCRAM-SHA-512"))
                .awaitTopicsSayWhatIsIn(world.tocsin().log());
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
        assertThat(world.tocsin().logged(SecureKafka.PASSWORD)).isZero();
    }
}
