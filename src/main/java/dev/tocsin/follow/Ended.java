package dev.tocsin.follow;

/** Following ended for a reason that somebody has to do something about, which the message says. */
public final class Ended extends Exception {
    private static final long serialVersionUID = 1;

    public Ended(String message) {
        super(message, null, false, false);
    }
}
