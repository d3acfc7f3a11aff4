package dev.tocsin.scenario;

/** Something in a scenario that cannot be read. Immutable. */
public record Mistake(Place place, String got, String want) {
    /** {@code FILE:LINE:COL: got X, want Y}, on one line. */
    @Override
    public String toString() {
        return place + ": got " + got + ", want " + want;
    }
}
