package dev.tocsin.poll;

import dev.tocsin.health.SourceState.Why;

/** Secrets or certificates of ours that cannot be read: the source was not asked. Carries no stack trace. */
final class KeysMissing extends Exception {
    private static final long serialVersionUID = 1;

    KeysMissing(String message) {
        super(message, null, false, false);
    }

    Why why() {
        return String.valueOf(getMessage()).startsWith("tls_config") ? Why.TLS : Why.AUTH;
    }
}
