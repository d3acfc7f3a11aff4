package dev.tocsin.poll;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.source.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target list as a round asked for it, at once or pool by pool. Immutable.
 *
 * @param targets whole, or the first failure
 * @param pools null when not asked yet
 * @param dated when the answer was in whose {@code Date} is that of {@code targets}
 * @param at when the last byte was in
 * @param bytes of all bodies
 * @param millis from the first question to {@code at}
 */
record Listed(
        Exchange<List<Observation>> targets,
        @Nullable Exchange<List<String>> pools,
        Moment dated,
        Moment at,
        long bytes,
        long millis) {}
