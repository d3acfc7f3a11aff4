package dev.tocsin.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many targets relabeling dropped, pool by pool. Immutable.
 *
 * @param byPool null when the server does not tell (before Prometheus 2.47)
 */
public record DroppedCounts(@Nullable Map<String, Integer> byPool) {
    public DroppedCounts {
        byPool = byPool == null ? null : Map.copyOf(byPool);
    }
}
