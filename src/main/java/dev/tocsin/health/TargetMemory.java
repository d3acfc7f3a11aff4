package dev.tocsin.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the table remembers of one target. Confined: its {@link HealthTable}.
 *
 * <p>About 140 bytes: a hundred thousand of them are remembered, so times are primitive milliseconds.
 */
final class TargetMemory {
    static final long NEVER = Observation.NEVER;

    /** What a look at a target brought. */
    enum Scrape {
        NOTHING_NEW,
        UP,
        FAILED
    }

    Target target;

    /* Told: what the last delta said. Only HealthTable.apply changes these. */
    @Nullable
    Health health;

    long sinceMillis = NEVER;
    long seq;

    /* Seen: evidence of the answers, on the clocks named. */
    Observation.Reading reading = Observation.Reading.UNKNOWN;

    @Nullable
    CauseHysteresis causes;
    /** Start of the last finished scrape by the source's clock: compared for being another one, never for being later. */
    long lastScrape = NEVER;
    /** The same, shifted to our wall clock at the poll that first showed it. */
    long lastScrapeWall = NEVER;
    /** Our wall clock: first scrape of the present run of equal readings, as far as seen. */
    long runSince = NEVER;

    double lastScrapeSeconds;
    int intervalMillis;
    int timeoutMillis;

    /* Waits, on our monotonic clock. */
    long advancedAt;
    long votedAt = NEVER;
    long firstSeenAt = NEVER;
    long absentSince;
    int absentPolls;
    /** The verdict of the last look: its last finished scrape is too old. */
    boolean still;

    /* Numbers of the table that the target last kept up with. */
    long seenPoll = NEVER;
    int life = -1;
    int spell = -1;

    TargetMemory(Target target) {
        this.target = target;
    }

    boolean told() {
        return health != null;
    }

    boolean gone() {
        return health instanceof Health.Gone;
    }

    /** Whether its last told state is one that votes. */
    boolean upOrDown() {
        return health instanceof Health.Up || health instanceof Health.Down;
    }

    int interval() {
        return intervalMillis > 0 ? intervalMillis : Freshness.INTERVAL_WHEN_UNKNOWN;
    }

    int timeout() {
        return timeoutMillis > 0 ? timeoutMillis : Freshness.TIMEOUT_WHEN_UNKNOWN;
    }

    /** When its last finished scrape ended, by the source's clock. */
    long scrapeEnd() {
        return lastScrape + (long) (lastScrapeSeconds * 1_000);
    }

    @Nullable
    CauseKind reported() {
        return health instanceof Health.Down down ? down.cause().kind() : null;
    }

    /**
     * Takes in what an answer says of the target.
     *
     * <p>A reading that changes while {@code lastScrape} stands is torn (the server reads the two under separate locks)
     * and waits for the next poll: evidence is distinct scrapes.
     *
     * @param clock the source's
     * @param spell number of blind spells so far: evidence from before the last one does not continue
     */
    Scrape see(Observation seen, CauseReader reader, Moment at, SourceClock clock, int spell) {
        intervalMillis = seen.scrapeIntervalMillis();
        timeoutMillis = seen.scrapeTimeoutMillis();
        if (!seen.scraped()) {
            forgetIfUnchecked(seen);
            return Scrape.NOTHING_NEW;
        }
        if (seen.lastScrapeMillis() == lastScrape) {
            if (causes != null && seen.reading() == Observation.Reading.DOWN) {
                causes.amend(seen.lastError(), reader);
            }
            return Scrape.NOTHING_NEW;
        }
        lastScrape = seen.lastScrapeMillis();
        lastScrapeWall = clock.onOurs(lastScrape, at);
        lastScrapeSeconds = seen.lastScrapeDurationSeconds();
        advancedAt = at.monoMillis();
        if (reading != seen.reading() || this.spell != spell) {
            runSince = lastScrapeWall;
        }
        return seen.reading() == Observation.Reading.UP ? up(spell) : failed(seen.lastError(), reader, spell);
    }

    private void forgetIfUnchecked(Observation seen) {
        if (seen.unchecked()) {
            reading = Observation.Reading.UNKNOWN;
            causes = null;
        }
    }

    private Scrape up(int spellNow) {
        reading = Observation.Reading.UP;
        spell = spellNow;
        causes = null;
        return Scrape.UP;
    }

    private Scrape failed(String error, CauseReader reader, int spellNow) {
        if (causes == null || spell != spellNow) {
            causes = new CauseHysteresis();
            if (health instanceof Health.Down down) {
                causes.add(down.cause());
            }
        }
        reading = Observation.Reading.DOWN;
        spell = spellNow;
        causes.add(error, reader);
        return Scrape.FAILED;
    }

    /** Takes over what was told before our own start; what it rests on begins again. */
    void recall(HealthDelta delta) {
        HealthDelta.Evidence evidence = delta.evidence();
        lastScrapeWall =
                evidence.lastScrape() == null ? NEVER : evidence.lastScrape().toEpochMilli();
        lastScrapeSeconds = evidence.lastScrapeDurationSeconds();
        intervalMillis = evidence.scrapeIntervalMillis();
        timeoutMillis = evidence.scrapeTimeoutMillis();
        absentPolls = gone() ? 1 : 0;
        if (upOrDown()) {
            reading = health instanceof Health.Up ? Observation.Reading.UP : Observation.Reading.DOWN;
        }
    }

    HealthDelta.@Nullable Standing standing() {
        return health == null ? null : new HealthDelta.Standing(health, Instant.ofEpochMilli(sinceMillis));
    }

    HealthDelta.Evidence evidence(Instant polledAt) {
        Instant scrape = lastScrapeWall == NEVER ? null : Instant.ofEpochMilli(lastScrapeWall);
        return new HealthDelta.Evidence(scrape, lastScrapeSeconds, polledAt, intervalMillis, timeoutMillis);
    }
}
