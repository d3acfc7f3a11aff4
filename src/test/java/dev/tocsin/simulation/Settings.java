package dev.tocsin.simulation;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.CauseReader;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Locus;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.RuleBook;
import java.util.Map;

/**
 * How often a world is scraped and polled, and by which rules it is judged. Immutable.
 *
 * @param segmentBytes of a file of our log
 * @param mergeAbove so many records wait for the disk one by one
 * @param scrape of all jobs that {@code scrapeOfJob} does not name
 */
record Settings(
        int pollSeconds,
        Scrape scrape,
        Map<String, Scrape> scrapeOfJob,
        RuleBook rules,
        HealthRules health,
        CauseReader causes,
        long segmentBytes,
        int mergeAbove) {

    private static final Cause REFUSED = new Cause(
            new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET),
            "connect: connection refused",
            "Is it running?");

    /** A poll every 5 s, a scrape every 15 s with a timeout of 10 s: a round is 30 s. Every failure is a refusal. */
    static final Settings DEFAULT = new Settings(
            5,
            new Scrape(15, 10),
            Map.of(),
            job -> OutageRules.DEFAULT,
            HealthRules.DEFAULT,
            text -> REFUSED,
            64 << 20,
            10_000);

    record Scrape(int intervalSeconds, int timeoutSeconds) {}

    Scrape scrapeOf(String job) {
        return scrapeOfJob.getOrDefault(job, scrape);
    }
}
