package dev.tocsin.config;

/**
 * Something in a configuration that cannot be used. Immutable.
 *
 * @param path as {@code sources[3].interval}; "" for the whole file
 * @param text as {@code got 15, want a duration such as 15s}; never holds a secret
 */
public record Mistake(Place place, String path, String text) {
    /** {@code FILE:LINE:COL: path: got X, want Y}, on one line. */
    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
