package dev.tocsin.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * "All observations of this source up to {@code observedUntil} are published." Immutable.
 *
 * @param why null when the state needs none
 */
public record Watermark(
        Source source,
        SourceState state,
        SourceState.@Nullable Why why,
        Instant observedUntil,
        int targets,
        int down,
        int unknown,
        long epoch,
        long seq) {}
