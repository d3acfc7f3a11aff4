package dev.tocsin.follow;

/** A record that is none of Tocsin's, or of a version after ours: where, what came, what was wanted. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message, null, false, false);
    }
}
