package dev.tocsin.e2e;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F57: the monitor itself stands still. The seed is printed; {@code -Dtocsin.seed=...} plays it again. */
final class StoppedMonitorIT {
    private static final int PAUSES = 5;
    /* A Date is one second coarse, and so is what is told of a time by a server's clock. */
    private static final Duration COARSE = ofSeconds(3);

    @RegisterExtension
    final World world = World.of(1);

    @Test
    @DisplayName("F57: a minute of sigstop is no event")
    void aMinuteOfSigstopIsNoEvent() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        int mark = world.events().mark();

        pause(ofSeconds(61), false); // longer than stale_after
        world.awaitObserved(ofSeconds(10));

        assertThat(world.unexplained(mark)).isEmpty();
    }

    @Test
    void pausesDuringOutagesInventNoneAndLoseNoEnd() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.err.println("StoppedMonitorIT: -Dtocsin.seed=" + seed);
        var random = new Random(seed);
        world.serve(Map.of("checkout", 4, "cache", 20));
        world.watch();
        List<Spell> spells = new ArrayList<>();

        for (int pause = 1; pause <= PAUSES; pause++) {
            Instant from = Instant.now();
            world.job("checkout").forEach(Exporter::refuse);
            if (pause == PAUSES) {
                world.awaitOpen(Map.of("checkout", "job")); // one at least is sure to be told
            } else {
                pass(ofMillis(random.nextInt(6_000)));
            }
            pause(ofMillis(1_000 + random.nextInt(9_000)), pause == PAUSES || random.nextBoolean());
            world.job("checkout").forEach(Exporter::up);
            spells.add(new Spell(from, Instant.now()));
            pass(ofMillis(random.nextInt(4_000)));
        }

        world.awaitLogSays(Map.of());
        assertThat(world.events().outages().filter(Event::opened)).isNotEmpty().allSatisfy(opened -> {
            assertThat(opened.at("scope.job")).isEqualTo("checkout");
            assertThat(spells).anyMatch(spell -> spell.holds(opened.instant("startedAt")));
        });
        assertThat(world.events().health().filter(event -> !event.to().equals("up")))
                .allSatisfy(event -> assertThat(event.at("target.job")).isEqualTo("checkout"));
    }

    /** A time in which the job was truly down. */
    private record Spell(Instant from, Instant until) {
        boolean holds(Instant time) {
            return !time.isBefore(from.minus(COARSE)) && !time.isAfter(until.plus(COARSE));
        }
    }

    /** @param ends whether the outage ends in the middle of it */
    private void pause(Duration time, boolean ends) {
        world.tocsin().stop();
        pass(time.dividedBy(2));
        if (ends) {
            world.job("checkout").forEach(Exporter::up);
        }
        pass(time.dividedBy(2));
        world.tocsin().cont();
    }

    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }
}
