package dev.tocsin.outage;

/** How much of a job is out, by its counts. */
public final class VerdictRule {
    /** A verdict is left only when the share is this much below its line. */
    private static final double HYSTERESIS = 0.1;

    /* 0.8999999 is 0.9 of ten: shares are quotients of small integers. */
    private static final double EPSILON = 1e-9;

    private VerdictRule() {}

    /** The verdict that these counts earn. */
    public static Verdict earned(JobCounts counts, OutageRules rules) {
        int known = counts.up() + counts.down() + counts.gone() + counts.disagreeing();
        int out = counts.down() + counts.gone();
        if (counts.share() >= rules.jobWideShare() - EPSILON && known >= rules.jobWideMin()) {
            return Verdict.JOB;
        }
        return counts.share() >= rules.partialShare() - EPSILON && out >= rules.partialMin()
                ? Verdict.PARTIAL
                : Verdict.INSTANCE;
    }

    /** Whether the counts are so far below a verdict's line that it may be left. */
    static boolean below(Verdict verdict, JobCounts counts, OutageRules rules) {
        int out = counts.down() + counts.gone();
        return switch (verdict) {
            case INSTANCE -> false;
            case PARTIAL -> counts.share() < rules.partialShare() - HYSTERESIS - EPSILON || out < rules.partialMin();
            case JOB -> counts.share() < rules.jobWideShare() - HYSTERESIS - EPSILON || out < rules.partialMin();
        };
    }

    static Reason reached(Verdict verdict) {
        return switch (verdict) {
            case INSTANCE -> Reason.INSTANCE_DOWN;
            case PARTIAL -> Reason.PARTIAL_SHARE_REACHED;
            case JOB -> Reason.JOB_WIDE_SHARE_REACHED;
        };
    }

    static Reason fellTo(Verdict verdict) {
        return verdict == Verdict.PARTIAL ? Reason.SHARE_FELL_TO_PARTIAL : Reason.SHARE_FELL_TO_INSTANCE;
    }
}
