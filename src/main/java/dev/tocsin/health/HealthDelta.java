package dev.tocsin.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One state change of one target, with the whole new state. Immutable.
 *
 * @param from the state before; null at first sight
 * @param seq number of the change of this key: 1, 2, 3 ...
 * @param coalesced changes merged into this one before it
 * @param snapshot written again, not a new change
 * @param truncated texts or labels were cut to the limits
 */
public record HealthDelta(
        Target target,
        @Nullable Standing from,
        Standing to,
        Evidence evidence,
        long epoch,
        long seq,
        int coalesced,
        boolean snapshot,
        boolean truncated) {

    /**
     * A health and since when, on our clock.
     *
     * @param since evidence: the scrape that first showed it, shifted to our clock; for unknown and gone, the decision
     */
    public record Standing(Health health, Instant since) {}

    /**
     * What the change rests on.
     *
     * @param lastScrape start of the last finished scrape, shifted to our clock; null when never scraped
     * @param scrapeIntervalMillis 0 when unknown
     */
    public record Evidence(
            @Nullable Instant lastScrape,
            double lastScrapeDurationSeconds,
            Instant polledAt,
            int scrapeIntervalMillis,
            int scrapeTimeoutMillis) {}

    /** This change and the one before it, of which nobody has heard, as one. */
    public HealthDelta merged(HealthDelta earlier) {
        return new HealthDelta(
                target,
                earlier.from(),
                to,
                evidence,
                epoch,
                seq,
                earlier.coalesced() + 1 + coalesced,
                earlier.snapshot() || snapshot,
                truncated);
    }

    /** The same, written again. */
    public HealthDelta asSnapshot() {
        return new HealthDelta(target, from, to, evidence, epoch, seq, coalesced, true, truncated);
    }
}
