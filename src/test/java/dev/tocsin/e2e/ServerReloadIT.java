package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Prometheus that reloads while scrapes hang answers nothing about targets for seconds. */
final class ServerReloadIT {
    @RegisterExtension
    final World world = World.of(1);

    @Test
    void aReloadThatWaitsForSlowScrapesIsNoEvent() {
        List<Exporter> slow = world.exporters().add("slow", 6);
        slow.forEach(exporter -> exporter.become(new Conduct.Slow(ofSeconds(6))));
        String settings = "scrape_interval: 8s, scrape_timeout: 8s";
        world.server().job("slow", settings).discover("slow", slow);
        world.serve(Map.of("node", 10), 16);
        world.watch();
        int mark = world.events().mark();

        AtomicInteger before = new AtomicInteger(inFlight(slow));
        Awaitility.await("a scrape that has just begun").atMost(ofSeconds(20)).until(() -> {
            int now = inFlight(slow);
            return now > before.getAndSet(now);
        });
        world.server().job("slow", settings + ", sample_limit: 1000");
        Duration blocked = world.server().reload();
        world.awaitObserved(ofSeconds(12));

        assertThat(blocked).as("the reload hung, or this test proves nothing").isGreaterThan(ofSeconds(2));
        assertThat(world.unexplained(mark)).isEmpty();
    }

    private static int inFlight(List<Exporter> exporters) {
        return exporters.stream().mapToInt(Exporter::inFlight).sum();
    }
}
