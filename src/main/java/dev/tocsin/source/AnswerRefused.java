package dev.tocsin.source;

import dev.tocsin.health.SourceState;

/** A body that cannot be used: not JSON, malformed, an error of the API, over a limit. Expected; carries no stack trace. */
public final class AnswerRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final SourceState.Why why;

    /** @param detail where, what came, what was wanted; for people, redacted and short */
    public AnswerRefused(SourceState.Why why, String detail) {
        super(detail, null, false, false);
        this.why = why;
    }

    public SourceState.Why why() {
        return why;
    }
}
