package dev.tocsin.source;

import dev.tocsin.health.CauseKind;

/**
 * One row of {@code scrape-errors.tsv}. Immutable.
 *
 * @param order the first rule that matches, by this, is it
 * @param regex matched anywhere in the text unless it says otherwise
 * @param example a text as Prometheus writes it, line ends as {@code \n}
 * @param note what its author knows besides; may be empty
 * @param remedy what to do, one sentence
 * @param steps what to run to confirm or mend it, one a line, with upper-case words for what is not known of the target
 */
public record ErrorRule(
        int order,
        String regex,
        ErrorScope scope,
        CauseKind kind,
        String versions,
        String example,
        String note,
        String remedy,
        String steps) {

    /**
     * What to run to confirm or mend it: one step a line, each with where ({@code on the target: }, {@code PromQL: }) and
     * the command or query, filled with what is known. Safe to paste and to print, whatever the target says of itself.
     */
    public String check(KnownOfTarget known) {
        return CheckText.fill(steps, known);
    }
}
