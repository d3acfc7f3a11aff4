package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The event log of a {@link World}: the lines that would stand in the files, in the order in which they are synced. */
final class Journal {
    /** A group is synced stream by stream. */
    private static final List<Stream> SYNC_ORDER =
            List.of(Stream.HEALTH, Stream.FINDINGS, Stream.OUTAGES, Stream.WATERMARKS);

    private final List<byte[]> lines = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Remembered fold = new Remembered();
    private int group;

    /** The last record of each key. */
    static final class Remembered {
        final Map<String, HealthDelta> health = new LinkedHashMap<>();
        final Map<String, Outage> outages = new LinkedHashMap<>();
        final Map<String, Finding> findings = new LinkedHashMap<>();
        final Map<String, Watermark> watermarks = new LinkedHashMap<>();

        private void apply(Event event) {
            if (event instanceof Event.OfHealth of) {
                health.put(of.key(), of.delta());
            } else if (event instanceof Event.OfOutage of) {
                outages.put(of.key(), of.outage());
            } else if (event instanceof Event.OfFinding of) {
                findings.put(of.key(), of.finding());
            } else if (event instanceof Event.OfWatermark of) {
                watermarks.put(of.key(), of.watermark());
            } else if (event instanceof Event.OfTombstone of) {
                Tombstone end = of.tombstone();
                health.remove(end.key());
                outages.remove(end.key());
                findings.remove(end.key());
            }
        }
    }

    void append(Event event) {
        events.add(event);
        lines.add(CloudEvents.line(event));
        fold.apply(event);
    }

    /** All that is synced from here on is one group. */
    void beginGroup() {
        group = events.size();
    }

    /** How many records the last group has. */
    int groupSize() {
        return events.size() - group;
    }

    /** Loses the end of the last group, of which the streams are synced one after another. */
    void keepOfGroup(int kept) {
        List<Event> tail = new ArrayList<>(events.subList(group, events.size()));
        tail.sort(Comparator.comparing(
                event -> SYNC_ORDER.indexOf(event.stream()))); // stable: the order within a stream stays
        events.subList(group, events.size()).clear();
        lines.subList(group, lines.size()).clear();
        fold = read();
        tail.subList(0, kept).forEach(this::append);
    }

    int size() {
        return events.size();
    }

    Event get(int at) {
        return events.get(at);
    }

    /** What the records come to; only to be read. */
    Remembered fold() {
        return fold;
    }

    /** What a new process reads. */
    Remembered read() {
        Remembered remembered = new Remembered();
        for (byte[] line : lines) {
            try {
                remembered.apply(CloudEvents.read(line).event());
            } catch (RecordRefused refused) {
                throw new IllegalStateException("a line of our own cannot be read", refused);
            }
        }
        return remembered;
    }

    /** Each key of each stream counts 1, 2, 3 ..., from 1 again after a tombstone, and never says the same twice. */
    void assertGapless() {
        Map<String, Long> seq = new HashMap<>();
        Map<String, Event> before = new HashMap<>();
        for (Event event : events) {
            if (event instanceof Event.OfWatermark) {
                continue;
            }
            String key = event.stream() + " " + event.key();
            assertThat(event.seq()).as("%s", event).isEqualTo(seq.getOrDefault(key, 0L) + 1);
            assertContinues(before.put(key, event), event);
            seq.put(key, event.seq());
            if (event instanceof Event.OfTombstone) {
                seq.remove(key);
                before.remove(key);
            }
        }
    }

    private static void assertContinues(Event before, Event event) {
        if (event instanceof Event.OfHealth of) {
            HealthDelta.Standing from = of.delta().from();
            assertThat(from)
                    .as("%s", event)
                    .isEqualTo(
                            before instanceof Event.OfHealth last ? last.delta().to() : null);
            assertThat(from == null || !from.health().equals(of.delta().to().health()))
                    .as("a repeated value: %s", event)
                    .isTrue();
        } else if (event instanceof Event.OfFinding of) {
            boolean wasOpen =
                    before instanceof Event.OfFinding last && last.finding().open();
            assertThat(of.finding().open())
                    .as("opened and cleared in turn: %s", event)
                    .isNotEqualTo(wasOpen);
        } else if (event instanceof Event.OfTombstone && before instanceof Event.OfOutage last) {
            assertThat(last.outage().open())
                    .as("an open outage got a tombstone: %s", last)
                    .isFalse();
        } else if (event instanceof Event.OfTombstone && before instanceof Event.OfFinding last) {
            assertThat(last.finding().open())
                    .as("an open finding got a tombstone: %s", last)
                    .isFalse();
        }
    }
}
