package dev.tocsin.config;

/** What goes into the {@code Authorization} header. Immutable. */
public sealed interface Credentials {
    record None() implements Credentials {}

    record Basic(String username, SecretRef password) implements Credentials {}

    /** @param type as {@code Bearer} */
    record Authorization(String type, SecretRef credentials) implements Credentials {}
}
