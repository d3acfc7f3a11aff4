package dev.tocsin.triage;

import dev.tocsin.health.Observation;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.ScrapeErrors.Classified;
import org.jspecify.annotations.Nullable;

/**
 * What one source says of one target, and what that is worth. Immutable.
 *
 * @param failure of a failed scrape; null for any other
 */
record Reading(Observation seen, Vote vote, @Nullable Classified failure) {
    private static final long INTERVAL_WHEN_UNKNOWN = 60_000;
    private static final long TIMEOUT_WHEN_UNKNOWN = 10_000;

    enum Vote {
        UP,
        DOWN,
        /** It failed for the source's own sake: no word about the target. */
        UNSEEN,
        /** The last scrape is too old to say anything. */
        OVERDUE,
        /** Discovered just now, on a busy Prometheus at any moment. */
        UNSCRAPED,
        /** A Traefik calls it up, as it does of all until it has looked: no check is known to be behind it. */
        UNPROVEN,
        /** Nobody checks it, so nobody knows. */
        UNCHECKED
    }

    /** @param sourceMillis what the source's clock showed when it answered */
    static Reading of(Observation seen, long sourceMillis, ScrapeErrors errors) {
        if (seen.unchecked()) {
            return new Reading(seen, Vote.UNCHECKED, null);
        }
        if (!seen.scraped()) {
            return switch (seen.target().source().kind()) {
                case PROMETHEUS -> new Reading(seen, Vote.UNSCRAPED, null);
                case TRAEFIK -> new Reading(seen, Vote.UNPROVEN, null);
            };
        }
        if (sourceMillis - seen.lastScrapeMillis() > overdueMillis(seen)) {
            return new Reading(seen, Vote.OVERDUE, null);
        }
        if (seen.reading() == Observation.Reading.UP) {
            return new Reading(seen, Vote.UP, null);
        }
        Classified failure = errors.classify(seen.lastError());
        return new Reading(seen, failure.rule().kind().silent() ? Vote.UNSEEN : Vote.DOWN, failure);
    }

    /** Why it failed. @throws IllegalStateException it did not */
    Classified why() {
        if (failure == null) {
            throw new IllegalStateException("no failed scrape: " + this);
        }
        return failure;
    }

    /** How old the last finished scrape may be: two intervals and a timeout. Both of the source's clock, so skew is none. */
    private static long overdueMillis(Observation seen) {
        long interval = seen.scrapeIntervalMillis() == 0 ? INTERVAL_WHEN_UNKNOWN : seen.scrapeIntervalMillis();
        long timeout = seen.scrapeTimeoutMillis() == 0 ? TIMEOUT_WHEN_UNKNOWN : seen.scrapeTimeoutMillis();
        return 2 * interval + timeout;
    }
}
