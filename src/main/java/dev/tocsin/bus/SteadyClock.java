package dev.tocsin.bus;

import dev.tocsin.health.Moment;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The clocks of a machine, with a wall clock that never goes back. Thread-safe: one atomic reference.
 *
 * <p>Set forward, it follows at once. Set back, it goes on from where it was, an eighth slower, until the machine has
 * caught up with it: an hour takes eight. Years take a restart, which is another epoch.
 */
final class SteadyClock implements Clock {
    private static final int SLOWER = 8;

    private final LongSupplier nanos;
    private final Supplier<Instant> wall;
    private final AtomicReference<Reading> last;

    SteadyClock(LongSupplier nanos, Supplier<Instant> wall) {
        this.nanos = nanos;
        this.wall = wall;
        this.last = new AtomicReference<>(new Reading(nanos.getAsLong(), wall.get()));
    }

    private record Reading(long nanos, Instant wall) {
        /** Of two threads the one that read first may come here last: it gets the other's reading. */
        Reading next(long nowNanos, Instant nowWall) {
            long elapsed = nowNanos - nanos;
            if (elapsed <= 0) {
                return this;
            }
            Instant slow = wall.plusNanos(elapsed - elapsed / SLOWER);
            return new Reading(nowNanos, nowWall.isAfter(slow) ? nowWall : slow);
        }
    }

    @Override
    public Moment now() {
        long nowNanos = nanos.getAsLong();
        Instant nowWall = wall.get();
        Reading now = last.updateAndGet(before -> before.next(nowNanos, nowWall));
        return new Moment(TimeUnit.NANOSECONDS.toMillis(now.nanos), now.wall);
    }
}
