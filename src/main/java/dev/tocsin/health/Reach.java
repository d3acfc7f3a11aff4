package dev.tocsin.health;

import org.jspecify.annotations.Nullable;

/**
 * Since when a source is known to reach its targets. Confined: its {@link HealthTable}.
 *
 * <p>What fails may fail because the source is cut off. Others that it scrapes with success <em>afterwards</em> speak
 * against that, two of them: one of ten does not keep the {@link Guard} from tripping.
 */
final class Reach {
    private static final long NOT_YET = Long.MIN_VALUE;

    private @Nullable TargetMemory latest;
    private long latestAt = NOT_YET;
    private long otherAt = NOT_YET;

    /* Of the successes first shown at latestAt, the last two starts by the source's clock. */
    private long lastStart = NOT_YET;
    private long startBefore = NOT_YET;

    /** Takes in a scrape that succeeded, first shown at that moment of our monotonic clock. */
    void reached(TargetMemory target, long now) {
        if (now != latestAt) {
            lastStart = NOT_YET;
            startBefore = NOT_YET;
        }
        startBefore = Math.max(startBefore, Math.min(lastStart, target.lastScrape));
        lastStart = Math.max(lastStart, target.lastScrape);
        if (target != latest) {
            latest = target;
            otherAt = latestAt;
        }
        latestAt = now;
    }

    /**
     * What is known after a poll.
     *
     * @param oldestUp when the scrape was first shown that is the oldest among those of the targets that are up
     */
    DeltaBatch.Reached known(long oldestUp, SourceClock clock, Moment at) {
        long since = Math.max(otherAt, oldestUp);
        boolean justNow = latestAt == at.monoMillis() && startBefore != NOT_YET;
        return new DeltaBatch.Reached(since, justNow ? clock.onOurs(startBefore, at) : NOT_YET);
    }
}
