package dev.tocsin.bus;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record that is safe in the log: terminal, page and alert may tell it. Immutable. */
public sealed interface Told {
    /** The running number of the record within its stream. */
    long offset();

    /** The record as it is written: {@code CloudEvents.line(told.event(), told.offset())}. */
    Event event();

    /** A record and its offset, told. */
    static Told of(Event event, long offset) {
        if (event instanceof Event.OfHealth health) {
            return new OfHealth(offset, health.delta());
        } else if (event instanceof Event.OfOutage outage) {
            return new OfOutage(offset, outage.outage());
        } else if (event instanceof Event.OfFinding finding) {
            return new OfFinding(offset, finding.finding());
        } else if (event instanceof Event.OfWatermark watermark) {
            return new OfWatermark(offset, watermark.watermark());
        }
        return new OfTombstone(offset, ((Event.OfTombstone) event).tombstone());
    }

    record OfHealth(long offset, HealthDelta delta) implements Told {
        @Override
        public Event event() {
            return new Event.OfHealth(delta);
        }
    }

    record OfOutage(long offset, Outage outage) implements Told {
        @Override
        public Event event() {
            return new Event.OfOutage(outage);
        }
    }

    record OfFinding(long offset, Finding finding) implements Told {
        @Override
        public Event event() {
            return new Event.OfFinding(finding);
        }
    }

    record OfWatermark(long offset, Watermark watermark) implements Told {
        @Override
        public Event event() {
            return new Event.OfWatermark(watermark);
        }
    }

    record OfTombstone(long offset, Tombstone tombstone) implements Told {
        @Override
        public Event event() {
            return new Event.OfTombstone(tombstone);
        }
    }

    /**
     * What one synchronisation of the log made safe, in the order of the log: one message on the bus.
     *
     * @param forms of each record its written form, for who writes it elsewhere, too; or none at all
     */
    record Group(List<Told> records, List<Written> forms) {
        public Group {
            if (!forms.isEmpty() && forms.size() != records.size()) {
                throw new IllegalArgumentException(
                        "forms: got " + forms.size() + ", want none or " + records.size() + ", one of each record");
            }
        }

        public Group(List<Told> records) {
            this(records, List.of());
        }

        /** The written form of the record in that place; null where nobody has brought it. */
        public @Nullable Written written(int place) {
            return forms.isEmpty() ? null : forms.get(place);
        }
    }
}
