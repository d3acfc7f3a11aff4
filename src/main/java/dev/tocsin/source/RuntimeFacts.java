package dev.tocsin.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus says of its own process ({@code /api/v1/status/runtimeinfo}). Immutable. Each is null when the server
 * does not tell it, or tells nonsense.
 *
 * @param startTime changes with each restart
 * @param lastConfigTime changes with each successful reload
 * @param serverTime Prometheus 3.2 and later
 */
public record RuntimeFacts(
        @Nullable Instant startTime,
        @Nullable Boolean reloadSucceeded,
        @Nullable Instant lastConfigTime,
        @Nullable Instant serverTime) {}
