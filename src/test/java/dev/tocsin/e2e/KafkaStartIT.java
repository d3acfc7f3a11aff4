package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start with a Kafka whose name nobody knows yet. */
final class KafkaStartIT {
    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1)
            .with("kafka: {bootstrap: \"" + kafka.bootstrap().replace("127.0.0.1", "kafka.test")
                    + "\", partitions: 3}");

    @Test
    @DisplayName("F78: with a name that does not resolve polling starts at once, and publishing follows when it does")
    void withANameThatDoesNotResolvePollingStartsAtOnce() throws IOException {
        world.endsWith(kafka).start();
        Path hosts = Files.createTempFile("hosts-", "");
        Files.writeString(hosts, "127.0.0.1 localhost\n");
        world.serve(Map.of("checkout", 4));
        world.tocsin().under("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + hosts);
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
        assertThat(world.tocsin().logged("No resolvable bootstrap urls")).isEqualTo(1);

        Files.writeString(hosts, "127.0.0.1 localhost kafka.test\n");

        Witness.at(kafka.bootstrap()).awaitTopicsSayWhatIsIn(world.tocsin().log());
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
        Files.delete(hosts);
    }
}
