package dev.tocsin.kafka;

import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.Map;

/**
 * An item in the form in which it is sent. Immutable.
 *
 * @param bytes what it takes alone in a batch, at most
 */
record Outgoing(Item item, BinaryMode.Message message, int bytes) {
    private static final int BATCH_BYTES = 100; // a batch of one record around its key, value and headers
    private static final int HEADER_BYTES = 4; // two lengths

    static Outgoing of(Item item) {
        BinaryMode.Message message = BinaryMode.of(item.event(), Written.of(item.event()));
        byte[] value = message.value();
        int bytes = BATCH_BYTES + message.key().length + (value == null ? 0 : value.length);
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            bytes += HEADER_BYTES + header.getKey().length() + header.getValue().length();
        }
        return new Outgoing(item, message, bytes);
    }

    KafkaProducerRecord<byte[], byte[]> record(Topics.Topic topic) {
        Event event = item.event();
        KafkaProducerRecord<byte[], byte[]> record = KafkaProducerRecord.create(
                topic.name(),
                message.key(),
                message.value(),
                Math.max(0, event.time().toEpochMilli()),
                BinaryMode.partition(event.partitionKey(), topic.partitions()));
        message.headers().forEach(record::addHeader);
        return record;
    }
}
