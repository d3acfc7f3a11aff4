package dev.tocsin.outage;

/**
 * How often a job goes out and comes back, one check a round. Immutable.
 *
 * @param flippedAt monotonic; when it last did
 */
record Restlessness(FlapScore score, boolean out, long flippedAt) {
    static final Restlessness NONE = new Restlessness(FlapScore.CALM, false, 0);

    /** After a look that found the job out or not. */
    Restlessness seen(boolean outNow, long roundMillis, long now) {
        return outNow == out ? this : new Restlessness(score.changedAfter(rounds(roundMillis, now)), outNow, now);
    }

    boolean flapping(long roundMillis, long now) {
        return score.flappingAfter(rounds(roundMillis, now));
    }

    double percent(long roundMillis, long now) {
        return score.percentAfter(rounds(roundMillis, now));
    }

    private long rounds(long roundMillis, long now) {
        return (now - flippedAt) / Math.max(1_000, roundMillis);
    }
}
