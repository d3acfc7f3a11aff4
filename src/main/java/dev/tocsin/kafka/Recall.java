package dev.tocsin.kafka;

import dev.tocsin.bus.Recalled;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the topics hold of ours, read before our first word: the last record of each key that counts, and the highest epoch.
 * Confined: its owner.
 */
final class Recall {
    private final Set<String> ours;
    private final Map<Stream, Map<String, Envelope>> last = new EnumMap<>(Stream.class);
    private long epoch;

    /** @param ours partition keys of what only we write: our clusters, and the name of our node */
    Recall(Set<String> ours) {
        this.ours = Set.copyOf(ours);
    }

    /**
     * Takes a record of a topic, in the order of its partition. A late word of a fenced elder, of a lower epoch than its
     * key's last, does not count.
     */
    void add(Envelope record) {
        if (ours.contains(record.partitionKey())) {
            epoch = Math.max(epoch, record.epoch());
            last.computeIfAbsent(record.stream(), any -> new LinkedHashMap<>())
                    .merge(record.key(), record, (before, now) -> now.epoch() < before.epoch() ? before : now);
        }
    }

    /** The highest epoch of what only we write; 0 when there is none. */
    long epoch() {
        return epoch;
    }

    /** All but our own claim. @param claimed the epoch under which we took over; 0 when we did not */
    Recalled taken(long claimed) {
        List<Envelope> records = new ArrayList<>();
        last.values().forEach(keys -> records.addAll(keys.values()));
        records.removeIf(record -> claimed != 0 && record.epoch() >= claimed);
        return new Recalled(List.copyOf(records), claimed);
    }
}
