package dev.tocsin.source;

import dev.tocsin.health.CauseKind;

/**
 * One row of {@code scrape-errors.tsv}. Immutable.
 *
 * @param order the first rule that matches, by this, is it
 * @param regex matched anywhere in the text unless it says otherwise
 * @param example a text as Prometheus writes it, line ends as {@code \n}
 * @param note what its author knows besides; may be empty
 */
public record ErrorRule(
        int order,
        String regex,
        ErrorScope scope,
        CauseKind kind,
        String versions,
        String example,
        String note,
        String remedy) {}
