package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import dev.tocsin.health.SourceKind;
import dev.tocsin.poll.LoopLag;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * 1,000 sources of 100 targets, each polled every 5 s, with correlators and source watch on the same event loop: how late
 * polls begin and how long the loop is away, by the meters of the pollers. Beside it an event loop with nothing to do
 * tells what the machine and the collector do to anybody.
 */
final class ThousandSources {
    private static final int SOURCES = 1_000;
    private static final int TARGETS = 100;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration WARM = Duration.ofSeconds(25);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final double LATE_MILLIS_MAX = 100;
    private static final double STALL_MILLIS_MAX = 50;

    private ThousandSources() {}

    public static void main(String[] args) throws Exception {
        measure("1,000 sources of 100 targets", SourceKind.PROMETHEUS, SOURCES, TARGETS);
        System.exit(0);
    }

    static void measure(String what, SourceKind kind, int sources, int targets) throws Exception {
        SimpleMeterRegistry meters = meters();
        SimpleMeterRegistry idleMeters = meters();
        Vertx idle = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (FleetServer.Child server = FleetServer.start(targets);
                Fleet fleet = new Fleet(kind, sources, server.port, INTERVAL, INTERVAL, meters)) {
            Fleet.await("two polls of each", () -> fleet.readyBatches.get() >= 2L * sources);
            Thread.sleep(WARM.toMillis());
            /* The meters forget after a minute, so what was recorded while the code was cold does not count. */
            fleet.deploy(new LoopLag(meters));
            idle.deployVerticle(new LoopLag(idleMeters)).await(10, TimeUnit.SECONDS);
            long polls = fleet.readyBatches.get();
            long dark = fleet.darkBatches.get();
            long cpu = Cpu.nanos();
            Thread.sleep(MEASURED.toMillis());
            double share = (double) (Cpu.nanos() - cpu) / MEASURED.toNanos();
            rows(what, meters, idleMeters, share, fleet.readyBatches.get() - polls, fleet.darkBatches.get() - dark);
            idle.close();
        }
    }

    private static void rows(
            String what,
            SimpleMeterRegistry meters,
            SimpleMeterRegistry idleMeters,
            double share,
            long polls,
            long dark) {
        HistogramSnapshot lateness = meters.get("tocsin.poll.lateness").timer().takeSnapshot();
        double p50 = percentile(lateness, 0.5);
        double p99 = percentile(lateness, 0.99);
        Row.timed(
                        what + " every 5 s, one event loop: poll lateness p50 / p99",
                        number("%.1f", p50) + number(" / %.1f ms", p99),
                        polls + " polls in " + MEASURED.toSeconds() + " s, " + dark + " without an answer",
                        "",
                        "p99 <= 100 ms",
                        p99 <= LATE_MILLIS_MAX)
                .print();
        Timer lag = meters.get("tocsin.loop.lag").timer();
        Timer idleLag = idleMeters.get("tocsin.loop.lag").timer();
        double stall = lag.max(TimeUnit.MILLISECONDS);
        Row.timed(
                        "  longest stall of that loop",
                        number("%.1f ms", stall) + number(" (p99 %.1f)", percentile(lag.takeSnapshot(), 0.99)),
                        number("idle loop beside it: %.1f ms", idleLag.max(TimeUnit.MILLISECONDS))
                                + number(" (p99 %.1f)", percentile(idleLag.takeSnapshot(), 0.99)),
                        "",
                        "<= 50 ms",
                        stall <= STALL_MILLIS_MAX)
                .print();
        Row.told("  processor, whole process", number("%.2f cores", share), "", "")
                .print();
    }

    private static double percentile(HistogramSnapshot snapshot, double percentile) {
        for (var value : snapshot.percentileValues()) {
            if (value.percentile() == percentile) {
                return value.value(TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException("no percentile " + percentile);
    }

    /* The pollers keep a timer each; for the table one timer over all of them, with percentiles of the last minute. */
    private static SimpleMeterRegistry meters() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.config().meterFilter(MeterFilter.ignoreTags("source")).meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .percentiles(0.5, 0.99)
                        .percentilePrecision(3)
                        .expiry(MEASURED)
                        .bufferLength(2)
                        .build()
                        .merge(config);
            }
        });
        return meters;
    }
}
