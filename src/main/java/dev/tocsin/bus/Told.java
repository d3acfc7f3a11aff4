package dev.tocsin.bus;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import java.util.List;

/** A record that is safe in the log: terminal, page and alert may tell it. Immutable. */
public sealed interface Told {
    /** The running number of the record within its stream. */
    long offset();

    record OfHealth(long offset, HealthDelta delta) implements Told {}

    record OfOutage(long offset, Outage outage) implements Told {}

    record OfFinding(long offset, Finding finding) implements Told {}

    record OfWatermark(long offset, Watermark watermark) implements Told {}

    record OfTombstone(long offset, Tombstone tombstone) implements Told {}

    /** What one synchronisation of the log made safe, in the order of the log: one message on the bus. */
    record Group(List<Told> records) {}
}
