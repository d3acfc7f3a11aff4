package dev.tocsin.poll;

import dev.tocsin.health.Moment;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The only door of this room to time. Thread-safe: stateless. */
@FunctionalInterface
public interface Clock {
    Moment now();

    /** The clocks of the machine: the monotonic one for waits, the wall clock for what is told. */
    static Clock system() {
        return () -> new Moment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), Instant.now());
    }
}
