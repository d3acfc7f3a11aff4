package dev.tocsin.health;

/**
 * Measures waits and starts them again after a stall of our own. Confined: its owner, which calls {@link #beat} at
 * least four times a second and before it handles anything.
 *
 * <p>A stall (garbage collection, SIGSTOP, a suspended machine) makes everything look old at once: whatever elapsed in
 * it is no evidence. So a wait never counts from before the end of the last stall.
 */
public final class WaitClock {
    /** A longer pause between two beats is a stall; on a clock that is hurried, as many times as long. */
    public static final long STALL_MILLIS = 1_000;

    private final long stallMillis;
    private long lastBeat = Long.MIN_VALUE;
    private long stallEnd = Long.MIN_VALUE;

    public WaitClock() {
        this(STALL_MILLIS);
    }

    /** @param stallMillis a longer pause between two beats is a stall */
    public WaitClock(long stallMillis) {
        this.stallMillis = stallMillis;
    }

    /** Tells the clock that we are awake; true when we were not since the last beat. */
    public boolean beat(long monoMillis) {
        boolean stalled = lastBeat != Long.MIN_VALUE && monoMillis - lastBeat > stallMillis;
        if (stalled) {
            stallEnd = monoMillis;
        }
        lastBeat = Math.max(lastBeat, monoMillis);
        return stalled;
    }

    /** Milliseconds from {@code start} or from the end of the last stall, whichever is later. */
    public long elapsed(long start, long now) {
        return now - Math.max(start, stallEnd);
    }

    /** Whether we stalled after {@code start}. */
    public boolean stalledSince(long start) {
        return stallEnd != Long.MIN_VALUE && stallEnd > start;
    }
}
