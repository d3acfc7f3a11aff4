package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.LoadResult;
import dev.tocsin.config.Overrides;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.health.Stream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddedKafkaTest {
    private static final Output OUTPUT = new Output(Output.Form.NONE, EnumSet.noneOf(Stream.class), false, 100);

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void theMonitorFindsABrokerThatIsGoneWhenItHasStopped() throws Exception {
        String[] met = new String[1];
        EmbeddedKafka embedded = new EmbeddedKafka(
                (config, output, company) -> {
                    met[0] = kafka(config).bootstrap();
                    assertThat(nodes(met[0])).isEqualTo(1);
                    return 7;
                },
                new PrintWriter(err));

        int status = embedded.run(config(), OUTPUT, Company.NONE);

        assertThat(status).isEqualTo(7);
        assertThat(err).hasToString("kafka: broker at " + met[0] + "\n");
        assertThat(folder.resolve("data/kafka")).isDirectory();
        assertThatThrownBy(() -> connect(met[0])).isInstanceOf(ConnectException.class);
    }

    @Test
    void aBrokerThatEndsIsTold() throws Exception {
        EmbeddedKafka embedded = new EmbeddedKafka(
                (config, output, company) -> {
                    ProcessHandle broker = ProcessHandle.current()
                            .children()
                            .max(Comparator.comparing(
                                    child -> child.info().startInstant().orElseThrow()))
                            .orElseThrow();
                    broker.destroyForcibly();
                    await().atMost(Duration.ofSeconds(10))
                            .until(() -> err.toString().contains("the broker ended with status 137"));
                    return 0;
                },
                new PrintWriter(err));

        embedded.run(config(), OUTPUT, Company.NONE);

        assertThat(err.toString()).contains(folder.resolve("data/kafka").toString());
    }

    @Test
    void aMonitorWithoutABrokerIsNotStarted() throws Exception {
        Files.createFile(folder.resolve("data"));
        EmbeddedKafka embedded = new EmbeddedKafka(
                (config, output, company) -> {
                    throw new AssertionError("started");
                },
                new PrintWriter(err));

        int status = embedded.run(config(), OUTPUT, Company.NONE);

        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("kafka: ")
                .contains(folder.resolve("data").toString());
    }

    private TocsinConfig config() {
        ConfigLoader loader = new ConfigLoader(Map.of(), "here", folder);
        LoadResult result = loader.fromUrls(
                new Overrides(List.of("http://127.0.0.1:9090"), List.of(), Path.of("data"), "embedded"));
        return ((LoadResult.Loaded) result).config();
    }

    private static KafkaConfig kafka(TocsinConfig config) {
        return Objects.requireNonNull(config.kafka());
    }

    private static int nodes(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).size();
        }
    }

    private static void connect(String address) throws IOException {
        String[] parts = address.split(":");
        new Socket(parts[0], Integer.parseInt(parts[1])).close();
    }
}
