package dev.tocsin.config;

import java.nio.file.Path;

/** Where a secret is. The edges read it, again for every use. Immutable; never holds a secret but a literal header. */
public sealed interface SecretRef {
    /** @param file absolute; its content without the trailing line end */
    record InFile(Path file) implements SecretRef {}

    record InEnvironment(String variable) implements SecretRef {}

    /** A value that stands in the configuration itself: for headers that are no secret. */
    record Literal(Secret value) implements SecretRef {}
}
