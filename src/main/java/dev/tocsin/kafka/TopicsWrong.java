package dev.tocsin.kafka;

/** Topics that we must not publish to; the message is for the operator: which, why, what to do. */
final class TopicsWrong extends Exception {
    private static final long serialVersionUID = 1L;

    TopicsWrong(String message) {
        super(message, null, false, false); // expected: no stack trace
    }
}
