package dev.tocsin.poll;

import dev.tocsin.health.Moment;
import java.time.Instant;

/** The only door of this room to time. Thread-safe. */
@FunctionalInterface
public interface Clock {
    Moment now();

    /** The clocks of the machine: the monotonic one for waits, the wall clock, which never goes back, for what is told. */
    static Clock system() {
        return new SteadyClock(System::nanoTime, Instant::now);
    }
}
