package dev.tocsin.bus;

import dev.tocsin.health.Moment;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A clock that runs several times as fast as a machine's. Immutable. Its wall clock begins at the machine's and follows
 * its own pace: nobody sets it.
 *
 * @param nanos the machine's monotonic clock, which stood at {@code fromNanos} when the wall clock stood at {@code from}
 */
record PacedClock(int pace, LongSupplier nanos, long fromNanos, Instant from) implements Clock {
    PacedClock {
        if (pace < 1) {
            throw new IllegalArgumentException("pace: got " + pace + ", want 1 or more");
        }
    }

    @Override
    public Moment now() {
        long passed = pace * (nanos.getAsLong() - fromNanos);
        return new Moment(TimeUnit.NANOSECONDS.toMillis(fromNanos + passed), from.plusNanos(passed));
    }
}
