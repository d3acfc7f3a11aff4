package dev.tocsin.health;

/** A source's own clock, as its answers show it. Confined: its {@link HealthTable}. */
final class SourceClock {
    /** Its Date is one second coarse, and an answer takes a while: less is no jump. */
    static final long JUMP_MILLIS = 5_000;

    private boolean known;
    private long theirs;
    private long mono;
    private long shift;
    private long jumpedAt = Long.MIN_VALUE;
    private long jumpMillis; // from the answer before the jump to the one after it

    void see(PollResult.Answered answer) {
        long before = theirs;
        long dated = mono;
        theirs = answer.sourceTime().toEpochMilli();
        mono = answer.sourceTimeAt().monoMillis();
        shift = answer.sourceTimeAt().wall().toEpochMilli() - theirs;
        if (known && Math.abs((theirs - before) - (mono - dated)) > JUMP_MILLIS) {
            jumpedAt = answer.at().monoMillis();
            jumpMillis = mono - dated;
        }
        known = true;
    }

    /**
     * A time that its clock first told in that answer, on our wall clock: no later than the answer. With a jump before it,
     * which may be a time of either clock, no earlier than the answer before.
     */
    long onOurs(long time, Moment at) {
        long wall = at.wall().toEpochMilli();
        long ours = Math.min(time + shift, wall);
        return at.monoMillis() == jumpedAt ? Math.max(ours, wall - jumpMillis) : ours;
    }

    /** How long ago that time of its clock was at its last answer. */
    long age(long time) {
        return theirs - time;
    }

    /**
     * Whether times that it first told at that moment of our monotonic clock are of the clock that it has now. Those of the
     * answer that showed a jump may be from before it.
     */
    boolean trustedSince(long monoMillis) {
        return monoMillis > jumpedAt;
    }
}
