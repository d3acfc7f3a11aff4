package dev.tocsin.health;

import java.time.Instant;
import java.util.List;

/**
 * The end of a key: readers forget it, it starts again at seq 1. Immutable.
 *
 * @param key of the record that it ends
 * @param origin names of the path of whoever told the record: the cluster, and the source where it belongs to one
 * @param cluster the partition key
 * @param seq one more than the last record's
 */
public record Tombstone(
        Stream stream, String key, List<String> origin, String cluster, Instant at, long epoch, long seq) {

    public Tombstone {
        origin = List.copyOf(origin);
        if (origin.isEmpty()) {
            throw new IllegalArgumentException("origin of " + key + ": got nobody, want at least one name");
        }
    }

    /** Name of the source; the cluster where the record belongs to no source. */
    public String source() {
        return origin.get(origin.size() - 1);
    }
}
