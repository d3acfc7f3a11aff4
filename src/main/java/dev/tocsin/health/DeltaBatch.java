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
 * @param reached how far the source is known not to be cut off
 * @param targets targets known, without those gone; {@code down} and {@code unknown} of them are so
 * @param restarts new starts of the server that this process has seen, by the start time it tells
 * @param routing of a Traefik that is ready and has its configuration, the same instance while it is the same; else null
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
        Reached reached,
        int targets,
        int down,
        int unknown,
        int restarts,
        @Nullable Routing routing) {

    /**
     * What speaks against it that the source is cut off from all: two other targets that it reached afterwards, or that
     * none is left which was up and has not been looked at since. What failed later may have failed for the source's sake.
     *
     * @param sinceMono failures that an earlier poll than this one showed, on our monotonic clock, are spoken for
     * @param untilWall of the failures that this very batch shows, those that ended before it, in milliseconds of our wall
     *     clock
     */
    public record Reached(long sinceMono, long untilWall) {
        public static final Reached NOBODY = new Reached(Long.MIN_VALUE, Long.MIN_VALUE);
        public static final Reached OTHERS = new Reached(Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
