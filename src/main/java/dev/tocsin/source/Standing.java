package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import java.util.Collection;
import java.util.List;

/**
 * How a service is, as its servers or children are: up when one of them is, down when all are. Immutable.
 *
 * @param evidence the newest for it, in milliseconds of our wall clock; {@link Observation#NEVER} when there is none
 * @param intervalMillis the longest in which it is proven again
 */
record Standing(Reading reading, long evidence, int intervalMillis, int timeoutMillis) {
    static final Standing UNCHECKED = new Standing(Reading.UNCHECKED, Observation.NEVER, 0, 0);

    /** @param parts without those that take no new client */
    static Standing of(Collection<Observation> parts) {
        List<Reading> readings = parts.stream().map(Observation::reading).toList();
        Reading reading = readings.contains(Reading.UP) ? Reading.UP : ParentRule.worst(readings);
        return of(reading, parts.stream().map(Standing::of).toList());
    }

    /** What is so for the sake of those of the parts that are so. */
    static Standing of(Reading reading, Collection<Standing> parts) {
        Standing standing = new Standing(reading, Observation.NEVER, 0, 0);
        for (Standing part : parts) {
            standing = new Standing(
                    reading,
                    part.reading == reading ? Math.max(standing.evidence, part.evidence) : standing.evidence,
                    Math.max(standing.intervalMillis, part.intervalMillis),
                    Math.max(standing.timeoutMillis, part.timeoutMillis));
        }
        return standing;
    }

    private static Standing of(Observation part) {
        return new Standing(
                part.reading(), part.lastScrapeMillis(), part.scrapeIntervalMillis(), part.scrapeTimeoutMillis());
    }
}
