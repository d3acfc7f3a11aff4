package dev.tocsin.outage;

import dev.tocsin.health.Cause;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one source says of one target. Confined: its correlator. */
final class Vantage {
    private static final long NEVER = Long.MIN_VALUE;

    final Sight sight;
    final String targetId;
    Target target;
    Health health = new Health.Unknown(Health.UnknownWhy.NOT_YET_SCRAPED);

    /** What it was before that; null when it is seen first. */
    private @Nullable Health before;

    /** Evidence: since when it is so, on our wall clock. */
    Instant since = Instant.EPOCH;

    /** Monotonic; the poll that first showed it. */
    long changedAt;

    /** Monotonic; the same, unless that poll showed as well that the source was not cut off then. */
    private long doubtfulSince = NEVER;

    int intervalMillis;
    int timeoutMillis;

    Vantage(Sight sight, Target target) {
        this.sight = sight;
        this.targetId = target.id();
        this.target = target;
    }

    /** Takes a delta; true when it changes more than the cause. */
    boolean apply(HealthDelta delta, long monoMillis) {
        target = delta.target();
        Health to = delta.to().health();
        boolean changes = !to.text().equals(health.text());
        health = to;
        before = delta.from() == null ? null : delta.from().health();
        since = delta.to().since();
        intervalMillis = Math.max(intervalMillis, delta.evidence().scrapeIntervalMillis());
        timeoutMillis = Math.max(timeoutMillis, delta.evidence().scrapeTimeoutMillis());
        if (changes) {
            changedAt = monoMillis;
            doubtfulSince = endedBefore(delta.evidence(), sight.reached.untilWall()) ? NEVER : monoMillis;
        }
        return changes;
    }

    /**
     * Takes what one look shows.
     *
     * @param from monotonic; since when it is known to be so
     */
    void show(Health shown, int everyMillis, int patienceMillis, long from) {
        health = shown;
        intervalMillis = everyMillis;
        timeoutMillis = patienceMillis;
        changedAt = from;
    }

    private static boolean endedBefore(HealthDelta.Evidence evidence, long wallMillis) {
        Instant scrape = evidence.lastScrape();
        return scrape != null
                && scrape.toEpochMilli() + (long) (evidence.lastScrapeDurationSeconds() * 1_000) < wallMillis;
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
        return saysDown(health);
    }

    private static boolean saysDown(@Nullable Health health) {
        return health instanceof Health.Down down && !down.cause().kind().silent();
    }

    /** Whether nobody knows of it, or it left, since then or later, and it was not up before that. */
    boolean lostDownSince(Instant then) {
        boolean lost = !saysUp() && !saysDown(); // unknown, gone, or down for its observer's sake
        return lost && !since.isBefore(then) && before != null && !(before instanceof Health.Up);
    }

    /** The cause of a vantage that {@link #saysDown()}. */
    Cause cause() {
        return ((Health.Down) health).cause();
    }

    /** Whether its source may just be cut off: it has reached nobody else since, and a round has not passed. */
    boolean doubtful(long roundMillis, WaitClock waits, long now) {
        long from = Math.max(doubtfulSince, sight.votingSince);
        return sight.reached.sinceMono() <= from && waits.elapsed(from, now) < roundMillis;
    }

    /** Monotonic; since when the vote stands, without a break in its sight. */
    long votesSince() {
        return Math.max(changedAt, sight.votingSince);
    }
}
