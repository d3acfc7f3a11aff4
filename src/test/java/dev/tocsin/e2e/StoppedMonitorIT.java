package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The monitor itself stands still. */
final class StoppedMonitorIT {
    @RegisterExtension
    final World world = World.of(1);

    @Test
    void thirtySecondsOfSigstopAreNoEvent() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        int mark = world.events().mark();

        world.tocsin().stop();
        Instant end = Instant.now().plusSeconds(30);
        Awaitility.await("30 s to pass").atMost(ofSeconds(40)).until(() -> Instant.now()
                .isAfter(end));
        world.tocsin().cont();
        world.awaitObserved(ofSeconds(10));

        assertThat(world.events().since(mark)).extracting(Event::brief).isEmpty();
    }
}
