package dev.tocsin.health;

/**
 * What went wrong and who is sick, without the particulars. Immutable.
 *
 * @param subCause a value of the resource {@code scrape-errors.tsv}, as {@code connection_refused}
 */
public record CauseKind(CauseFamily family, String subCause, Locus locus) {

    /** Whether a failure of this kind says nothing of the target: the observer is sick, or its configuration forces it. */
    public boolean silent() {
        return locus == Locus.OBSERVER || subCause.equals("target_limit");
    }
}
