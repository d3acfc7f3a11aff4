package dev.tocsin.outage;

import dev.tocsin.health.Cause;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import java.time.Instant;

/** What one source says of one target. Confined: its correlator. */
final class Vantage {
    final Sight sight;
    final String targetId;
    Health health = new Health.Unknown(Health.UnknownWhy.NOT_YET_SCRAPED);

    /** Evidence: since when it is so, on our wall clock. */
    Instant since = Instant.EPOCH;

    /** Monotonic; the poll that first showed it. */
    long changedAt;

    int intervalMillis;
    int timeoutMillis;

    Vantage(Sight sight, String targetId) {
        this.sight = sight;
        this.targetId = targetId;
    }

    /** Takes a delta; true when it changes more than the cause. */
    boolean apply(HealthDelta delta, long monoMillis) {
        Health to = delta.to().health();
        boolean changes = !to.text().equals(health.text());
        health = to;
        since = delta.to().since();
        intervalMillis = Math.max(intervalMillis, delta.evidence().scrapeIntervalMillis());
        timeoutMillis = Math.max(timeoutMillis, delta.evidence().scrapeTimeoutMillis());
        if (changes) {
            changedAt = monoMillis;
        }
        return changes;
    }

    boolean gone() {
        return health instanceof Health.Gone;
    }

    boolean sourceRemoved() {
        return health instanceof Health.Gone gone && gone.why() == Health.GoneWhy.SOURCE_REMOVED;
    }

    boolean sighted() {
        return sight.votes() && (sight.mute.isEmpty() || !sight.mute.contains(targetId));
    }

    boolean saysUp() {
        return health instanceof Health.Up;
    }

    /** Whether it says down of the target, and not only of its observer. */
    boolean saysDown() {
        return health instanceof Health.Down down && !down.cause().kind().silent();
    }

    /** The cause of a vantage that {@link #saysDown()}. */
    Cause cause() {
        return ((Health.Down) health).cause();
    }

    /** Monotonic; since when the vote stands, without a break in its sight. */
    long votesSince() {
        return Math.max(changedAt, sight.votingSince);
    }
}
