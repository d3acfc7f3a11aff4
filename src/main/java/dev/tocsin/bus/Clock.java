package dev.tocsin.bus;

import dev.tocsin.health.Moment;
import dev.tocsin.health.WaitClock;
import java.time.Instant;

/** The only door of the rooms to time. Thread-safe. */
@FunctionalInterface
public interface Clock {
    Moment now();

    /** How many times as fast as the machine's it is: once, but for a story that is hurried. */
    default int pace() {
        return 1;
    }

    /** How long the machine waits until so much has passed here, a millisecond at least: what a timer is set to. */
    default long machineMillis(long millis) {
        return Math.max(1, -Math.floorDiv(-millis, (long) pace()));
    }

    /** What measures waits here. A stall is a second of the machine, however much has passed in it here. */
    default WaitClock waits() {
        return new WaitClock(pace() * WaitClock.STALL_MILLIS);
    }

    /** The clocks of the machine: the monotonic one for waits, the wall clock, which never goes back, for what is told. */
    static Clock system() {
        return new SteadyClock(System::nanoTime, Instant::now);
    }

    /** A clock that runs so many times as fast as the machine's, from now on. */
    static Clock system(int pace) {
        return pace == 1 ? system() : new PacedClock(pace, System::nanoTime, System.nanoTime(), Instant.now());
    }
}
