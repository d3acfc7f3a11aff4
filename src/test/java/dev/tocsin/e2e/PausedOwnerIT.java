package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A monitor that stands still while another of its name takes over, and wakes up. */
final class PausedOwnerIT {
    private final RealKafka kafka = new RealKafka();
    private final Witness witness = Witness.at(kafka.bootstrap());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @Test
    @DisplayName("F95: an owner that was stopped, taken over from and woken ends, and has the last word on nothing")
    void anOwnerThatWakesUpAfterATakeOverEnds() {
        world.endsWith(kafka).start();
        world.serve(Map.of("checkout", 4, "node", 3, "cache", 12));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());

        world.tocsin().stop();
        TocsinProcess newer = world.elsewhere().start();
        world.job("checkout").forEach(Exporter::up);
        world.job("node").forEach(Exporter::refuse);
        await("the newer one's words", () -> assertThat(newer.log().open()).isEqualTo(Map.of("node", "job")));
        witness.awaitLastWordsOf(newer.log());
        Map<String, Event> before = Invariants.fold(witness.read("outages"));
        /* It sees at once what it has missed, and has something to say. */
        world.tocsin().cont();
        int code = world.tocsin().awaitEnd(ofSeconds(40));

        assertThat(code).isEqualTo(1);
        assertThat(world.tocsin()
                        .logged("cannot go on: another process of node \"it\" took over (its start 2 comes"
                                + " after our 1)"))
                .isEqualTo(1);
        world.job("node").forEach(Exporter::up);
        await("the newer one goes on", () -> assertThat(newer.log().open()).isEmpty());
        witness.awaitLastWordsOf(newer.log());
        assertThat(newer.runsFor(ofSeconds(1))).isTrue();
        List<Event> outages = witness.read("outages");
        assertThat(outages.stream().filter(Event::opened).map(Event::id))
                .containsExactlyInAnyOrderElementsOf(
                        before.values().stream().map(Event::id).toList());
        assertThat(Invariants.fold(outages).values()).allMatch(event -> event.ended() && event.epoch() == 2);
    }

    private static void await(String what, ThrowingRunnable says) {
        Awaitility.await(what)
                .atMost(ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(says);
    }
}
