package dev.tocsin.bus;

import dev.tocsin.health.Stream;
import java.util.List;

/**
 * A question for what the log holds of a stream. Immutable.
 *
 * @param from the first offset that is wanted
 * @param max so many records at most
 */
public record History(Stream stream, long from, int max) {
    /**
     * The answer. Immutable.
     *
     * @param records in order; offsets that compaction has dropped are missing
     * @param next the offset to go on from
     * @param end whether nothing later was safe when this was asked
     */
    public record Page(List<Told> records, long next, boolean end) {}
}
