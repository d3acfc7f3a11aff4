package dev.tocsin.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which Traefik answers. Immutable.
 *
 * @param version as {@code 3.7.9}; {@code dev} where it was not built for release
 * @param startTime of its process; null when it tells none that can be read
 */
public record TraefikVersion(String version, @Nullable Instant startTime) {
    /** It ignores a check without a path, and checks at once after a reload. */
    boolean two() {
        return version.startsWith("2.") || version.startsWith("v2.");
    }
}
