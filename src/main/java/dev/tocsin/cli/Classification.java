package dev.tocsin.cli;

import dev.tocsin.source.ErrorRule;
import dev.tocsin.source.KnownOfTarget;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.ScrapeErrors.Classified;

/**
 * What an error text means. Immutable.
 *
 * @param unwrapped whether only the wrapper that it lacks made a rule match: it was cut out of a longer one
 * @param check what to run, with what the text names
 * @param skipped bytes of the text that were not read
 */
record Classification(Classified classified, boolean unwrapped, String check, long skipped) {
    private static final String WRAPPER = "Get \"\": ";

    static Classification of(ScrapeErrors errors, Text text) {
        Classified asIs = errors.classify(text.text());
        /* Tocsin itself tells causes without the wrapper around them, and people copy what they see. */
        boolean bare = unclassified(errors, asIs) && !text.text().isBlank();
        Classified behind = bare ? errors.classify(WRAPPER + text.text()) : asIs;
        boolean unwrapped = bare && !unclassified(errors, behind);
        Classified best = unwrapped ? behind : asIs;
        return new Classification(
                best, unwrapped, best.rule().check(KnownOfTarget.ofText(text.text())), text.skipped());
    }

    ErrorRule rule() {
        return classified.rule();
    }

    private static boolean unclassified(ScrapeErrors errors, Classified classified) {
        return classified.rule().order() == errors.rules().size();
    }
}
