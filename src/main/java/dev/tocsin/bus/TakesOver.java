package dev.tocsin.bus;

import io.vertx.core.Future;
import java.util.function.LongConsumer;

/** Whoever reads what was published before our start, and tells those who read it that we go on. */
@FunctionalInterface
public interface TakesOver {
    /**
     * Takes over. To be called once, by whoever has the data folder.
     *
     * @param before the number of the last start from that folder, which nobody else has now; 0 when none
     * @param keeps gets each number that is claimed for this start before it is told: whatever becomes of that word, a start
     *     that does not have this number must have a higher one. Called on another thread
     * @return fails when another process takes over from us at this moment
     */
    Future<Recalled> takeOver(long before, LongConsumer keeps);
}
