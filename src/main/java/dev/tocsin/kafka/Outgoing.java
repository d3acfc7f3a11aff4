package dev.tocsin.kafka;

import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * An item in the form in which it is sent. Immutable.
 *
 * @param bytes what it takes alone in a batch, at most
 */
record Outgoing(Item item, BinaryMode.Message message, int bytes) {
    private static final int BATCH_BYTES = 100; // a batch of one record around its key, value and headers
    private static final int HEADER_BYTES = 4; // two lengths

    static Outgoing of(Item item) {
        Written known = item.written();
        BinaryMode.Message message = BinaryMode.of(item.event(), known == null ? Written.of(item.event()) : known);
        byte[] value = message.value();
        int bytes = BATCH_BYTES + message.key().length + (value == null ? 0 : value.length);
        for (BinaryMode.Attribute header : message.headers()) {
            bytes += HEADER_BYTES + header.name().length() + header.value().length;
        }
        return new Outgoing(item, message, bytes);
    }

    ProducerRecord<byte[], byte[]> record(Topics.Topic topic) {
        Event event = item.event();
        List<Header> headers = new ArrayList<>(message.headers().size());
        message.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        return new ProducerRecord<>(
                topic.name(),
                BinaryMode.partition(event.partitionKey(), topic.partitions()),
                Math.max(0, event.time().toEpochMilli()),
                message.key(),
                message.value(),
                headers);
    }
}
