package dev.tocsin.outage;

/**
 * The instances of a job by health. Immutable.
 *
 * @param expected present + gone; the unknown are in it
 * @param gone left while last known down and not replaced yet
 * @param disagreeing sighted vantages contradict each other about them for longer than a round
 */
public record JobCounts(int expected, int up, int down, int unknown, int gone, int disagreeing) {
    public static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0);

    /** The same, with so many of those down counted as unknown. */
    JobCounts without(int fewer) {
        return new JobCounts(expected, up, down - fewer, unknown + fewer, gone, disagreeing);
    }

    /** (down + gone) / expected; 0 when nothing is expected. */
    public double share() {
        return expected == 0 ? 0 : (double) (down + gone) / expected;
    }
}
