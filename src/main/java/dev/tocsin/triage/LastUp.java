package dev.tocsin.triage;

import java.time.Duration;
import java.time.Instant;

/** When an instance was last scraped with success, as far as its source remembers. */
public sealed interface LastUp {
    /** @param time of a scrape that succeeded: the last one, or one that was before it by less than {@code within} */
    record At(Instant time, Duration within) implements LastUp {}

    /** Some time within so much of the past. */
    record SomeTimeWithin(Duration time) implements LastUp {}

    /**
     * Not within so much of the past, which is as far as the source was asked or remembers.
     *
     * @param scrapes how many failed in it
     */
    record NotWithin(Duration time, int scrapes) implements LastUp {}

    /** The source was not asked, or has no memory of it. */
    record NotTold() implements LastUp {}
}
