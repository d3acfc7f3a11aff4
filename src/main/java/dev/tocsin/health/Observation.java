package dev.tocsin.health;

/**
 * What one answer of a source says of one target. Immutable.
 *
 * @param lastError error text of the last finished scrape as it came, cut to the limit; may be non-empty for an up
 *     target (prometheus decorates it): judge by {@code reading}
 * @param lastScrapeMillis start of the last finished scrape on the source's clock, milliseconds of the epoch; {@link
 *     #NEVER} when it has not been scraped, or the source says a time that is none
 * @param lastScrapeDurationSeconds 0 when unknown; never NaN, negative or infinite
 * @param scrapeIntervalMillis 0 when the source does not tell (before Prometheus 2.30)
 * @param scrapeTimeoutMillis 0 when the source does not tell
 */
public record Observation(
        Target target,
        Reading reading,
        String lastError,
        long lastScrapeMillis,
        double lastScrapeDurationSeconds,
        int scrapeIntervalMillis,
        int scrapeTimeoutMillis) {

    public static final long NEVER = Long.MIN_VALUE;

    /** The source's own word. */
    public enum Reading {
        UP,
        DOWN,
        UNKNOWN,
        /** Nobody checks it, and nobody will: no answer to wait for. */
        UNCHECKED
    }

    public boolean unchecked() {
        return reading == Reading.UNCHECKED;
    }

    public boolean scraped() {
        return lastScrapeMillis != NEVER && (reading == Reading.UP || reading == Reading.DOWN);
    }
}
