package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a benchmark holds the publisher against: Kafka's own client with the publisher's settings, topics and records, and
 * nothing around it. Confined.
 */
public final class BareProducer implements AutoCloseable {
    private final Map<Stream, Topics.Topic> topics;
    private final Producer<byte[], byte[]> producer;

    public BareProducer(KafkaConfig config) throws Exception {
        ClientSettings settings = new ClientSettings(config, new SecretReader(Map.of()));
        try (Admin admin = Admin.create(settings.admin())) {
            topics = new Topics(admin, config).ready();
        }
        producer = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The records of these events, as the publisher sends them. */
    public List<ProducerRecord<byte[], byte[]>> records(List<? extends Event> events) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(events.size());
        events.forEach(event -> records.add(record(event)));
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(Event event) {
        Topics.Topic topic = Objects.requireNonNull(topics.get(event.stream()));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.name(),
                BinaryMode.partition(event.partitionKey(), topic.partitions()),
                event.time().toEpochMilli(),
                BinaryMode.key(event),
                BinaryMode.value(event));
        BinaryMode.headers(event).forEach((name, value) -> record.headers()
                .add(name, value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return record;
    }

    /** Sends them; returns when the last one is in the hands of the client. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        records.forEach(producer::send);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
