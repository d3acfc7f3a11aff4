package dev.tocsin.log;

import dev.tocsin.wire.Envelope;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Which records of a stream's closed files a compaction keeps. Confined: the compaction's thread. */
final class Survivors {
    /* Of each key the offset of its last record; of keys that a tombstone ended long ago, its complement: nothing
     * of such a key stays up to there, not even what a jumped clock made young, or the key would come back. */
    private final Map<String, Long> last = new HashMap<>();
    private final Instant keptFrom;

    Survivors(Instant keptFrom) {
        this.keptFrom = keptFrom;
    }

    /** Takes each record once, in order. */
    void last(Envelope line) {
        boolean ended = line.tombstone() && line.time().isBefore(keptFrom);
        last.put(line.key(), ended ? ~line.offset() : line.offset());
    }

    /** Whether a tombstone that goes has ended its key. */
    boolean ended(Envelope line) {
        return last.getOrDefault(line.key(), Long.MAX_VALUE) < 0;
    }

    boolean keeps(Envelope line) {
        long offset = last.getOrDefault(line.key(), Long.MAX_VALUE);
        return offset >= 0 && (line.offset() >= offset || !line.time().isBefore(keptFrom));
    }
}
