package dev.tocsin.bus;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import java.util.List;

/**
 * What the log remembers at our start: the last record of each key. Immutable. It fills folds; it is never logged or
 * told again.
 *
 * @param epoch of this process: the log's highest + 1
 * @param health last states of all keys that no tombstone ended, gone ones too
 * @param outages last versions of all scopes, resolved ones too
 */
public record Restored(
        long epoch,
        List<HealthDelta> health,
        List<Outage> outages,
        List<Finding> findings,
        List<Watermark> watermarks) {
    public static final Restored NOTHING = new Restored(1, List.of(), List.of(), List.of(), List.of());
}
