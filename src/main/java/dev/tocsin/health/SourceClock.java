package dev.tocsin.health;

import java.time.Instant;

/** A source's own clock, as its answers show it. Confined: its {@link HealthTable}. */
final class SourceClock {
    /** Its Date is one second coarse, and an answer takes a while: less is no jump. */
    static final long JUMP_MILLIS = 5_000;

    private boolean known;
    private long theirs;
    private long mono;
    private long shift;
    private long jumpedAt = Long.MIN_VALUE;

    void see(Instant sourceTime, Moment at) {
        long before = theirs;
        theirs = sourceTime.toEpochMilli();
        shift = at.wall().toEpochMilli() - theirs;
        if (known && Math.abs((theirs - before) - (at.monoMillis() - mono)) > JUMP_MILLIS) {
            jumpedAt = at.monoMillis();
        }
        mono = at.monoMillis();
        known = true;
    }

    /** What to add to its time for ours, milliseconds. */
    long shift() {
        return shift;
    }

    /** How long ago that time of its clock was at its last answer. */
    long age(long time) {
        return theirs - time;
    }

    /** Whether times that it first told at that moment of our monotonic clock are of the clock that it has now. */
    boolean trustedSince(long monoMillis) {
        return monoMillis >= jumpedAt;
    }
}
