package dev.tocsin.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server has not got going yet since it started, or since we first saw it. Confined: its {@link HealthTable}.
 *
 * <p>After a start a Prometheus is ready with empty pools for 5 s, then with unscraped targets for an interval (measured
 * on 2.42 and 3.x): none of it is evidence.
 */
final class Warming {
    /** How a server stands. */
    enum Phase {
        WARM,
        NOTHING_SCRAPED_YET
    }

    private boolean sighted;
    private boolean warming;
    private long since;
    private @Nullable Instant startTime;

    /** Takes in when the server says it started; true when it is another start than the last one told. */
    boolean restarted(@Nullable Instant told, long now) {
        boolean another = told != null && startTime != null && !told.equals(startTime);
        startTime = told == null ? startTime : told;
        if (another || !sighted) {
            warming = true;
            since = now;
        }
        sighted = true;
        return another;
    }

    /** Whether a server that tells when it started did not tell this time: then it may be another one by now. */
    boolean hides(@Nullable Instant told) {
        return told == null && startTime != null;
    }

    /** How long a server may list nothing after its start. A Traefik has its providers within 1.4 s (measured). */
    static long emptyMillis(SourceKind kind) {
        return switch (kind) {
            case PROMETHEUS -> Freshness.limitMillis(Freshness.INTERVAL_WHEN_UNKNOWN, Freshness.TIMEOUT_WHEN_UNKNOWN);
            case TRAEFIK -> GoneRule.MILLIS;
        };
    }

    /** @param limitMillis how long the first scrape may take: two intervals and a timeout */
    Phase judge(boolean anyScraped, long limitMillis, WaitClock waits, long now) {
        warming = warming && !anyScraped && waits.elapsed(since, now) < limitMillis;
        return warming ? Phase.NOTHING_SCRAPED_YET : Phase.WARM;
    }
}
