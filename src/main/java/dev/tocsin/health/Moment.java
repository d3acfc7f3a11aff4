package dev.tocsin.health;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time on both of our clocks. Immutable.
 *
 * @param monoMillis monotonic clock, milliseconds from an arbitrary origin of this process: for waits
 * @param wall wall clock, may jump: for what is told
 */
public record Moment(long monoMillis, Instant wall) {
    public Moment plus(Duration duration) {
        return new Moment(monoMillis + duration.toMillis(), wall.plus(duration));
    }

    public long millisSince(Moment earlier) {
        return monoMillis - earlier.monoMillis;
    }
}
