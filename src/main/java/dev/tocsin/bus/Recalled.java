package dev.tocsin.bus;

import dev.tocsin.wire.Envelope;
import java.util.List;

/**
 * What was published of ours before our start, read back: the last record of each key, tombstones too. Immutable. The log
 * takes of it what its files do not have.
 *
 * @param epoch the number under which this start took over whoever published it; 0 when it took over nobody
 */
public record Recalled(List<Envelope> records, long epoch) {
    public static final Recalled NOTHING = new Recalled(List.of(), 0);
}
