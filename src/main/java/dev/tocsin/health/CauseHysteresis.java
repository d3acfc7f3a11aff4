package dev.tocsin.health;

import org.jspecify.annotations.Nullable;

/**
 * The causes of a target's last failed scrapes, and the one to report. Confined: its {@link TargetMemory}.
 *
 * <p>The text of one cause differs from scrape to scrape, and even its family does: packets dropped on the way read as
 * a timeout in one scrape and as "no route to host" in the next (measured). So the most specific of the last few holds.
 */
final class CauseHysteresis {
    /* N = 3 */
    private @Nullable Cause newest;
    private @Nullable Cause middle;
    private @Nullable Cause oldest;
    /** The text that {@link #newest} was read from: the rules are not asked again for the same text. */
    private @Nullable String text;

    void add(Cause cause) {
        oldest = middle;
        middle = newest;
        newest = cause;
        text = null;
    }

    /** Adds the cause of one more failed scrape. */
    void add(String error, CauseReader reader) {
        Cause cause = newest != null && error.equals(text) ? newest : reader.read(error);
        add(cause);
        text = error;
    }

    /** Reads the newest scrape's cause again when its text was not whole yet. */
    void amend(String error, CauseReader reader) {
        if (text != null && !error.equals(text) && !error.isEmpty()) {
            newest = reader.read(error);
            text = error;
        }
    }

    /** The most specific of the last causes; among equals the one reported already, else the newest. */
    Cause choose(@Nullable CauseKind reported) {
        Cause best = better(better(newest, middle, reported), oldest, reported);
        if (best == null) {
            throw new IllegalStateException("a failed scrape has a cause");
        }
        return best;
    }

    private static @Nullable Cause better(@Nullable Cause best, @Nullable Cause next, @Nullable CauseKind reported) {
        if (best == null || next == null) {
            return best;
        }
        int difference = specificity(next.kind()) - specificity(best.kind());
        boolean stays = next.kind().equals(reported) && !best.kind().equals(reported);
        return difference > 0 || (difference == 0 && stays) ? next : best;
    }

    /** How much a cause says; of two that flap for one fault, the one that says more is nearer to it. */
    static int specificity(CauseKind kind) {
        return switch (kind.family()) {
            case UNKNOWN -> 0;
            case TIMEOUT -> kind.subCause().equals("before_response_headers") ? 1 : 2;
            case TRANSPORT -> 3; // a peer that refuses a certificate also just closes, one time in five
            case DNS, AUTH, TLS, HTTP_STATUS, LIMIT, CONTENT, CONFIG, OBSERVER -> 4;
        };
    }
}
