package dev.tocsin.outage;

import java.time.Duration;

/**
 * The thresholds by which a job's outage is judged. Immutable.
 *
 * @param jobWideShare share from which a job is out as a whole, (0, 1]
 * @param jobWideMin instances that must be known for that
 * @param partialShare share from which it is partially out, (0, jobWideShare]
 * @param partialMin members that must be down for that
 * @param confirmMin shortest time from onset to opening, with much evidence
 * @param confirmMax longest, with a single failure
 * @param settleCap longest time from confirmation to announcement
 * @param absentFor how long members may be absent before their outage ends
 * @param ignore no outage of this job is ever opened
 */
public record OutageRules(
        Quorum quorum,
        double jobWideShare,
        int jobWideMin,
        double partialShare,
        int partialMin,
        Duration confirmMin,
        Duration confirmMax,
        Duration settleCap,
        Duration absentFor,
        boolean ignore) {

    public static final OutageRules DEFAULT = new OutageRules(
            Quorum.ALL,
            0.9,
            2,
            0.3,
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofMinutes(15),
            false);

    public OutageRules {
        if (!(partialShare > 0 && partialShare <= jobWideShare && jobWideShare <= 1)) {
            throw new IllegalArgumentException(
                    "want 0 < partial.share <= job_wide.share <= 1, got " + partialShare + " and " + jobWideShare);
        }
        if (confirmMin.compareTo(confirmMax) > 0) {
            throw new IllegalArgumentException(
                    "want confirm.min <= confirm.max, got " + confirmMin + " and " + confirmMax);
        }
    }
}
