package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Routing;
import dev.tocsin.health.SourceState;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One source as the correlator of its cluster knows it: whether it votes, and since when. Confined: its correlator. */
final class Sight {
    final String source;
    SourceState state = SourceState.BLIND;
    Set<String> mute = Set.of();

    /** Monotonic; since when it votes without a break. Meaningless while it does not vote. */
    long votingSince;

    DeltaBatch.Reached reached = DeltaBatch.Reached.NOBODY;

    /** Monotonic; when the last batch came. */
    long lastBatch;

    long pollIntervalMillis;

    /** Of a Traefik, as last known; null before it is. */
    @Nullable
    Routing routing;

    /** Up to when it has been seen through; from the last process until its first ready poll in this one. */
    Instant observedUntil = Instant.EPOCH;

    /** Up to when it has been seen through, in this process or the last one. */
    Instant seenUntil = Instant.EPOCH;

    Sight(String source) {
        this.source = source;
    }

    boolean votes() {
        return state.votes();
    }

    /** Monotonic; since when it votes, and what it rests on looks at its targets, without a break. */
    long looksSince() {
        return routing == null ? votingSince : Math.max(votingSince, routing.sinceMono());
    }

    /** Takes the batch's word on its source; true when that changes who votes. */
    boolean apply(DeltaBatch batch) {
        boolean voted = votes();
        Set<String> muted = mute;
        state = batch.state();
        mute = batch.mute();
        reached = batch.reached();
        lastBatch = batch.at().monoMillis();
        routing = batch.routing() == null ? routing : batch.routing();
        pollIntervalMillis = batch.pollInterval().toMillis();
        if (votes()) {
            seenUntil = batch.observedUntil();
            votingSince = voted ? votingSince : lastBatch;
        }
        return voted != votes() || !muted.equals(mute);
    }
}
