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
        if (before != null && before.epoch() > mark.epoch()) {
            return;
        }
        keys.put(key, mark);
        Set<String> over = ended.computeIfAbsent(stream, any -> new HashSet<>());
        if (tombstone) {
            over.add(key);
        } else {
            over.remove(key);
        }
    }

    /** Whether that record, or a later one of its key, is there. */
    boolean covers(Event event) {
        Mark mark = last.getOrDefault(event.stream(), Map.of()).get(event.key());
        return mark != null && Mark.of(event).compareTo(mark) <= 0;
    }

    /** The keys that readers know: they are there, and no tombstone has ended them. */
    Set<String> known(Stream stream) {
        Set<String> known = new HashSet<>(last.getOrDefault(stream, Map.of()).keySet());
        known.removeAll(ended.getOrDefault(stream, Set.of()));
        return known;
    }

    /** The highest epoch of what only we write; 0 when there is none. */
    long epoch() {
        return epoch;
    }
}
