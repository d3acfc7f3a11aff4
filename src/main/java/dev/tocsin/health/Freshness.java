package dev.tocsin.health;

/** Whether what a source says of a target is still about now. */
enum Freshness {
    FRESH,
    /** The source's own clock has run on without a scrape that ended. Immune to skew: both times are the source's. */
    OLD_BY_ITS_CLOCK,
    /** The scrape that it tells has not changed for too long by our monotonic clock. */
    STANDS_STILL;

    static final int INTERVAL_WHEN_UNKNOWN = 60_000;
    static final int TIMEOUT_WHEN_UNKNOWN = 10_000;

    /** How old the last finished scrape may be: two intervals and a timeout. */
    static long limitMillis(long interval, long timeout) {
        return 2 * interval + timeout;
    }

    /** The freshness of a target that has been scraped. */
    static Freshness of(TargetMemory target, SourceClock clock, WaitClock waits, long now) {
        long limit = limitMillis(target.interval(), target.timeout());
        if (clock.trustedSince(target.advancedAt) && clock.age(target.lastScrape) > limit) {
            return OLD_BY_ITS_CLOCK;
        }
        return waits.elapsed(target.advancedAt, now) > limit ? STANDS_STILL : FRESH;
    }
}
