package dev.tocsin.triage;

import java.time.Duration;
import java.time.Instant;

/** When an instance was last scraped with success, as far as its source remembers. */
public sealed interface LastUp {
    /** @param time of the scrape, within a minute */
    record At(Instant time) implements LastUp {}

    /** Not within so much of the past, which is as far as the source was asked or remembers. */
    record NotWithin(Duration time) implements LastUp {}

    /** The source was not asked, or has no memory. */
    record NotTold() implements LastUp {}
}
