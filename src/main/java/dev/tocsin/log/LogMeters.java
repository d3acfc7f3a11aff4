package dev.tocsin.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What the log tells of itself. Thread-safe: meters are, and gauges read atomics. */
final class LogMeters {
    final Counter records;
    final Counter merged;
    final Counter failures;
    final Counter unwritable;
    final Counter brokenLines;
    final Counter compacted;
    final Timer saves;
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger failing = new AtomicInteger();

    LogMeters(MeterRegistry registry) {
        records = counter(registry, "tocsin.log.records", "Records that are safe in the log.");
        merged = counter(registry, "tocsin.log.merged", "Health records merged into others while the disk was slow.");
        failures = counter(registry, "tocsin.log.failures", "Writes that the disk refused.");
        unwritable = counter(registry, "tocsin.log.unwritable", "Records dropped for want of a written form: a bug.");
        brokenLines = counter(registry, "tocsin.log.broken.lines", "Lines passed over when the log was read.");
        compacted = counter(registry, "tocsin.log.compacted", "Records dropped by compaction.");
        saves = Timer.builder("tocsin.log.saves")
                .description("Time to write and synchronise a group of records.")
                .register(registry);
        registry.gauge("tocsin.log.waiting", waiting);
        registry.gauge("tocsin.log.failing", failing);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
