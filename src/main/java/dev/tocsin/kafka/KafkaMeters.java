package dev.tocsin.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What the publisher tells of itself. Thread-safe: meters are, and gauges read atomics. */
final class KafkaMeters {
    final Counter records;
    final Counter merged;
    final Counter shortened;
    final Counter refused;
    final Counter sessions;
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger away = new AtomicInteger();

    KafkaMeters(MeterRegistry registry) {
        records = counter(registry, "tocsin.kafka.records", "Records that Kafka has acknowledged.");
        merged = counter(registry, "tocsin.kafka.merged", "Health records merged into others on the way to Kafka.");
        shortened = counter(registry, "tocsin.kafka.shortened", "Records shortened because Kafka refused their size.");
        refused = counter(registry, "tocsin.kafka.refused", "Records that Kafka refused for good.");
        sessions = counter(registry, "tocsin.kafka.sessions", "Sessions with the brokers that began.");
        registry.gauge("tocsin.kafka.waiting", waiting);
        registry.gauge("tocsin.kafka.away", away);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
