package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts themselves: what the other tests rest on. */
final class HarnessIT {
    @TempDir
    Path folder;

    @Test
    void exportersObeyAndARealServerSeesIt() {
        try (var exporters = new Exporters(2);
                var a = new RealPrometheus("prom-a", 0, folder.resolve("a"));
                var b = new RealPrometheus("prom-b", 1, folder.resolve("b"))) {
            List<Exporter> node = exporters.add("node", 4);
            a.job("node").discover("node", node).start().awaitAllUp(4);
            b.job("node").discover("node", node).start().awaitAllUp(4);

            node.get(0).refuse();
            node.get(1).status(500);
            node.get(2).hang();
            exporters.cut(1, true);

            awaitHealth(
                    a,
                    Map.of(
                            "node/node-1:8080", "down",
                            "node/node-2:8080", "down",
                            "node/node-3:8080", "down",
                            "node/node-4:8080", "up"));
            Awaitility.await("the cut vantage").atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            b.health())
                    .hasSize(4)
                    .containsValue("down")
                    .doesNotContainValue("up"));

            node.forEach(Exporter::up);
            exporters.cut(1, false);
            a.kill();
            a.start().awaitAllUp(4);
            b.awaitAllUp(4);
        }
    }

    private static void awaitHealth(RealPrometheus server, Map<String, String> wanted) {
        Awaitility.await(server.name()).atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(server.health())
                .isEqualTo(wanted));
    }
}
