package dev.tocsin.kafka;

import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Mark;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the topics hold: of each key its latest record, by its mark. Confined: its owner. */
final class Published {
    private final Map<Stream, Map<String, Mark>> last = new EnumMap<>(Stream.class);
    private final Map<Stream, Set<String>> ended = new EnumMap<>(Stream.class);
    private final Map<Stream, Set<String>> overwritten = new EnumMap<>(Stream.class);
    private final Set<String> ours;
    private long epoch;

    /** @param ours partition keys of what only we write: our clusters, and the name of our node */
    Published(Set<String> ours) {
        this.ours = Set.copyOf(ours);
    }

    /** Takes a record of a topic, in the order of its partition. */
    void add(Envelope record) {
        if (ours.contains(record.partitionKey())) {
            epoch = Math.max(epoch, record.epoch());
        }
        add(record.stream(), record.key(), Mark.of(record), record.tombstone());
    }

    /** Takes the mark of a record; one of a fenced elder, of a lower epoch than its key's last, does not count. */
    void add(Stream stream, String key, Mark mark, boolean tombstone) {
        Map<String, Mark> keys = last.computeIfAbsent(stream, any -> new HashMap<>());
        Mark before = keys.get(key);
        Set<String> late = overwritten.computeIfAbsent(stream, any -> new HashSet<>());
        if (before != null && before.epoch() > mark.epoch()) {
            late.add(key);
            return;
        }
        late.remove(key);
        keys.put(key, mark);
        Set<String> over = ended.computeIfAbsent(stream, any -> new HashSet<>());
        if (tombstone) {
            over.add(key);
        } else {
            over.remove(key);
        }
    }

    /** Whether that record, or a later one of its key, is there, and no late word stands behind it. */
    boolean covers(Event event) {
        Mark mark = last.getOrDefault(event.stream(), Map.of()).get(event.key());
        int order = mark == null ? 1 : Mark.of(event).compareTo(mark);
        return order < 0 || order == 0 && !overwritten(event.stream(), event.key());
    }

    /** Whether a fenced elder had the last word on a key, in the topic's order: the last that counts is to be said again. */
    boolean overwritten(Stream stream, String key) {
        return overwritten.getOrDefault(stream, Set.of()).contains(key);
    }

    /** The epoch of the last record of a key; 0 when there is none. */
    long epoch(Stream stream, String key) {
        Mark mark = last.getOrDefault(stream, Map.of()).get(key);
        return mark == null ? 0 : mark.epoch();
    }

    /** The keys that readers know: they are there, and no tombstone has ended them, or a late word came behind it. */
    Set<String> known(Stream stream) {
        Set<String> known = new HashSet<>(last.getOrDefault(stream, Map.of()).keySet());
        known.removeAll(ended.getOrDefault(stream, Set.of()));
        known.addAll(overwritten.getOrDefault(stream, Set.of()));
        return known;
    }

    /** The highest epoch of what only we write; 0 when there is none. */
    long epoch() {
        return epoch;
    }
}
