package dev.tocsin.config;

/** A text that never prints. Immutable. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
