package dev.tocsin.bus;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import java.time.Instant;

/** A record that is safe in the log: terminal, page and alert may tell it. Immutable. */
public sealed interface Told {
    /** The running number of the record within its stream. */
    long offset();

    record OfHealth(long offset, HealthDelta delta) implements Told {}

    record OfOutage(long offset, Outage outage) implements Told {}

    record OfFinding(long offset, Finding finding) implements Told {}

    record OfWatermark(long offset, Watermark watermark) implements Told {}

    /**
     * The end of a key: readers forget it, it starts again at seq 1.
     *
     * @param stream {@code health}, {@code outages} or {@code findings}
     * @param cluster the partition key
     */
    record OfTombstone(long offset, String stream, String key, String cluster, Instant at, long epoch, long seq)
            implements Told {}
}
