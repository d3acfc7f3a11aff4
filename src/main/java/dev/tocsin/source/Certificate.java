package dev.tocsin.source;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a Traefik serves. Immutable.
 *
 * @param name its common name, else the first name it is for; cleaned
 * @param notBefore null when it was not told
 */
public record Certificate(String name, @Nullable Instant notBefore, Instant notAfter) {
    private static final Duration LEFT_MAX = Duration.ofDays(14);
    private static final int PART = 10;

    /**
     * Whether somebody should have renewed it: less than a tenth of its life is left, at most 14 days. Traefik warns 30
     * days before, which is when it begins to renew one of 90 days by itself, and all the life of a shorter one.
     */
    boolean expiring(Instant now) {
        Duration life = notBefore == null ? LEFT_MAX.multipliedBy(PART) : Duration.between(notBefore, notAfter);
        Duration part = life.dividedBy(PART);
        return Duration.between(now, notAfter).compareTo(part.compareTo(LEFT_MAX) < 0 ? part : LEFT_MAX) < 0;
    }
}
