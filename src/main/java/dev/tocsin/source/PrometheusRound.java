package dev.tocsin.source;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the questions of one round to one Prometheus ended. Immutable. A question that was not asked is null.
 *
 * @param poll number of the round
 * @param at when the last byte was in, or when we gave up
 * @param dated when the answer was in whose {@code Date} is that of {@code targets}: {@code at}, or earlier when they were
 *     asked pool by pool
 * @param targets {@link PrometheusPaths#TARGETS}; asked pool by pool: all observations together with the
 *     {@code Date} of the pool list, or the first failure
 * @param runtime {@link PrometheusPaths#RUNTIME_INFO}, asked after the targets: a restart in between then shows as a new
 *     start with an old list, which is harmless
 * @param pools {@link PrometheusPaths#SCRAPE_POOLS}
 * @param dropped {@link PrometheusPaths#DROPPED_COUNTS}
 * @param ready {@link PrometheusPaths#READY}; asked when {@link PrometheusReader#asksReadiness} says so
 * @param walReplay {@link PrometheusPaths#WAL_REPLAY}; asked together with it
 */
public record PrometheusRound(
        long poll,
        Moment at,
        Moment dated,
        Exchange<List<Observation>> targets,
        @Nullable Exchange<RuntimeFacts> runtime,
        @Nullable Exchange<List<String>> pools,
        @Nullable Exchange<DroppedCounts> dropped,
        @Nullable Exchange<String> ready,
        @Nullable Exchange<WalReplay> walReplay) {}
