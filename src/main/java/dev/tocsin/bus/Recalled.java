package dev.tocsin.bus;

import dev.tocsin.wire.Envelope;
import java.util.List;

/**
 * What was published of ours before our start, read back: the last record of each key, tombstones too. Immutable. The log
 * takes of it what its files do not have.
 */
public record Recalled(List<Envelope> records) {
    public static final Recalled NOTHING = new Recalled(List.of());
}
