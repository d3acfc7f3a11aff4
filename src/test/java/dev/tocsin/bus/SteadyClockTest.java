package dev.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** F63: the wall clock is set under us. */
@DisplayName("F63: the wall clock is set under us")
final class SteadyClockTest {
    private long nanos = 1_000_000_000L;
    private Instant wall = Instant.parse("2026-11-20T10:00:00Z");
    private final SteadyClock clock = new SteadyClock(() -> nanos, () -> wall);

    @Test
    void itIsTheMachinesClockWhileNobodySetsIt() {
        pass(Duration.ofSeconds(90));

        assertThat(clock.now().wall()).isEqualTo(Instant.parse("2026-11-20T10:01:30Z"));
        assertThat(clock.now().monoMillis()).isEqualTo(91_000);
    }

    @Test
    void setForwardItFollowsAtOnce() {
        pass(Duration.ofSeconds(1));
        wall = wall.plus(Duration.ofHours(1));

        assertThat(clock.now().wall()).isEqualTo(Instant.parse("2026-11-20T11:00:01Z"));
    }

    @Test
    void setBackItGoesOnAnEighthSlowerUntilTheMachineHasCaughtUp() {
        wall = wall.minus(Duration.ofHours(1));

        pass(Duration.ofSeconds(80));
        assertThat(clock.now().wall()).isEqualTo(Instant.parse("2026-11-20T10:01:10Z"));
        assertThat(clock.now().monoMillis()).isEqualTo(81_000);
        pass(Duration.ofHours(8));
        assertThat(clock.now().wall()).isEqualTo(wall);
    }

    @Test
    void askedEveryMicrosecondItGoesOnToo() {
        wall = wall.minus(Duration.ofHours(1));
        Instant before = clock.now().wall();

        for (int i = 0; i < 8_000; i++) {
            pass(Duration.ofNanos(1_000));
            clock.now();
        }

        assertThat(Duration.between(before, clock.now().wall())).isEqualTo(Duration.ofMillis(7));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }
}
