package dev.tocsin.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacedClockTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private long nanos = TimeUnit.SECONDS.toNanos(7);
    private final Clock clock = new PacedClock(10, () -> nanos, nanos, NOON);

    @Test
    void bothOfItsClocksRunAtItsPace() {
        nanos += TimeUnit.MILLISECONDS.toNanos(250);

        assertThat(clock.now().wall()).isEqualTo(NOON.plusMillis(2_500));
        assertThat(clock.now().monoMillis()).isEqualTo(7_000 + 2_500);
    }

    @Test
    void aTimerIsSetSoThatItIsNeverEarly() {
        assertThat(clock.machineMillis(250)).isEqualTo(25);
        assertThat(clock.machineMillis(251)).isEqualTo(26);
        assertThat(clock.machineMillis(-3)).isEqualTo(1);
        assertThat(Clock.system().machineMillis(251)).isEqualTo(251);
    }

    @Test
    void aStallIsASecondOfTheMachine() {
        WaitClock waits = clock.waits();
        waits.beat(0);

        assertThat(waits.beat(10_000)).isFalse();
        assertThat(waits.beat(20_001)).isTrue();
    }
}
