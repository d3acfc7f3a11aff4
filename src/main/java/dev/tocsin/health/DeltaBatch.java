package dev.tocsin.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one poll of one source changed. Immutable. The source's state holds before its deltas.
 *
 * @param why null when the state needs none: ready, warming, frozen, suspect
 * @param detail what is the matter when the state is not ready, for people; "" when ready
 * @param observedUntil up to when the source has been seen through, on our clock; the start of the epoch 1970 when never
 * @param pollInterval the time to the next poll, as planned
 * @param deltas changes of targets, in no order, at most one per target
 * @param findings changes of findings about this source
 * @param tombstones ends of the keys of targets long gone and of findings long cleared
 * @param mute ids of targets whose last state has no vote now although the source is ready: not scraped again yet since
 *     the source restarted. The whole set, not a change of it; empty nearly always
 * @param targets targets known, without those gone; {@code down} and {@code unknown} of them are so
 * @param restarts new starts of the server that this process has seen, by the start time it tells
 */
public record DeltaBatch(
        Source source,
        SourceState state,
        SourceState.@Nullable Why why,
        String detail,
        long epoch,
        long poll,
        Moment at,
        Instant observedUntil,
        Duration pollInterval,
        List<HealthDelta> deltas,
        List<Finding> findings,
        List<Tombstone> tombstones,
        Set<String> mute,
        int targets,
        int down,
        int unknown,
        int restarts) {}
