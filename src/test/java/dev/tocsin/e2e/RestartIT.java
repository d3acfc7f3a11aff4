package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The monitor ends and starts again: it forgets nothing. */
final class RestartIT {
    @RegisterExtension
    final World world = World.of(1);

    @Test
    void anOutageKeepsItsIdOverAKill() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);

        world.tocsin().kill();
        world.tocsin().start();
        world.awaitObserved(ofSeconds(8));
        world.job("checkout").forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(20), Event::ended);

        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(ended.at("reason")).isEqualTo("members_up");
        assertThat(ended.epoch()).isEqualTo(opened.epoch() + 1);
        assertThat(world.events().outages().filter(Event::opened)).containsExactly(opened);
    }

    @Test
    @DisplayName("F60: what ended while we were away is resolved once with its bounds")
    void whatEndedWhileWeWereAwayIsResolvedOnceWithItsBounds() {
        world.serve(Map.of("checkout", 5, "node", 10, "cache", 20));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.job("node").get(0).refuse();
        Event checkout = world.events().await("one outage", ofSeconds(20), event -> event.ofJob("checkout"));
        Event node = world.events().await("another", ofSeconds(20), event -> event.ofJob("node"));

        Instant left = Instant.now();
        world.tocsin().kill();
        world.job("checkout").forEach(Exporter::up);
        Awaitility.await("checkout is up again")
                .atMost(ofSeconds(20))
                .until(() -> world.server().health().values().stream()
                                .filter("down"::equals)
                                .count()
                        == 1);
        world.tocsin().start();
        Event ended = world.events().await("its end", ofSeconds(30), Event::ended);
        world.awaitObserved(ofSeconds(8));

        assertThat(ended.id()).isEqualTo(checkout.id());
        assertThat(ended.change()).isEqualTo("resolved");
        assertThat(ended.at("reason")).isEqualTo("ended_while_away");
        assertThat(Instant.parse(ended.texts("endedBetween").get(0))).isBefore(left);
        assertThat(Instant.parse(ended.texts("endedBetween").get(1))).isAfter(left);
        assertThat(world.events().outages().filter(Event::ended)).hasSize(1);
        assertThat(world.events().outages().filter(Event::opened)).containsExactlyInAnyOrder(checkout, node);
    }

    @Test
    @DisplayName("F71: a clean stop exits with zero and the next start tells nothing again")
    void aCleanStopExitsWithZeroAndTheNextStartTellsNothingAgain() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        world.job("checkout").get(0).refuse();
        world.events().await("an outage", ofSeconds(20), Event::opened);

        int code = world.tocsin().terminate();
        int mark = world.events().mark();
        world.tocsin().start();
        world.awaitObserved(ofSeconds(8));

        assertThat(code).isZero();
        assertThat(world.events().since(mark)).extracting(Event::brief).isEmpty();
    }
}
