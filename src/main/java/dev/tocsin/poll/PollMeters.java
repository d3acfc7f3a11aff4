package dev.tocsin.poll;

import dev.tocsin.health.SourceState.Why;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is measured of the polls of one source. Confined: its poller. */
final class PollMeters {
    private final MeterRegistry registry;
    private final String source;
    private final Timer duration;
    private final Timer lateness;
    private final Counter skipped;
    private final Counter voided;
    private final DistributionSummary bytes;
    private final Map<Why, Counter> failures = new EnumMap<>(Why.class);

    PollMeters(MeterRegistry registry, String source) {
        this.registry = registry;
        this.source = source;
        this.duration = Timer.builder("tocsin.poll.duration")
                .description("From the first question of a round to its last answer")
                .tag("source", source)
                .register(registry);
        this.lateness = Timer.builder("tocsin.poll.lateness")
                .description("How much later than planned a round began")
                .tag("source", source)
                .register(registry);
        this.skipped = Counter.builder("tocsin.poll.skipped")
                .description("Rounds that were due while the one before was on its way")
                .tag("source", source)
                .register(registry);
        this.voided = Counter.builder("tocsin.poll.voided")
                .description("Rounds thrown away because we stalled in them")
                .tag("source", source)
                .register(registry);
        this.bytes = DistributionSummary.builder("tocsin.poll.bytes")
                .description("Size of a target list, after inflation")
                .baseUnit("bytes")
                .tag("source", source)
                .register(registry);
    }

    void began(long lateMillis) {
        lateness.record(Math.max(0, lateMillis), TimeUnit.MILLISECONDS);
    }

    void ended(long millis, long bytesOfTargets) {
        duration.record(millis, TimeUnit.MILLISECONDS);
        bytes.record(bytesOfTargets);
    }

    void skipped(int rounds) {
        skipped.increment(rounds);
    }

    void voided() {
        voided.increment();
    }

    void failed(Why why) {
        failures.computeIfAbsent(why, w -> Counter.builder("tocsin.poll.failures")
                        .description("Rounds without a usable target list")
                        .tag("source", source)
                        .tag("why", w.text())
                        .register(registry))
                .increment();
    }
}
