package dev.tocsin.kafka;

import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics as any consumer does, with no code of the publisher. */
final class Reader {
    private Reader() {}

    /** The records of ours that a topic has, as {@code KEY EPOCH/SEQ}, in the order of its partitions. */
    static List<String> marks(String bootstrap, String topic) {
        List<String> marks = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(bootstrap, topic)) {
            Map<String, String> headers = new HashMap<>();
            record.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            try {
                Envelope read = BinaryMode.read(headers, record.value());
                marks.add(read.key() + " " + read.epoch() + "/" + read.seq());
            } catch (RecordRefused foreign) {
                continue;
            }
        }
        return marks;
    }

    /** The same of what was told. */
    static List<String> marks(List<Event> events) {
        return events.stream()
                .map(event -> event.key() + " " + event.epoch() + "/" + event.seq())
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String bootstrap, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest", "enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
