package dev.tocsin.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as contract.md has them, made by hand and not by the code that publishes. Stateless. */
public final class Records {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Records() {}

    /** The record of an event in the topics with that prefix, on a partition that the client chooses. */
    public static ProducerRecord<byte[], byte[]> of(String prefix, Event event) {
        RecordHeaders headers = new RecordHeaders();
        try {
            JsonNode line = JSON.readTree(CloudEvents.line(event));
            for (Map.Entry<String, JsonNode> attribute : line.properties()) {
                String name = attribute.getKey();
                if (!name.equals("data")) {
                    headers.add(
                            name.equals("datacontenttype") ? "content-type" : "ce_" + name,
                            attribute.getValue().asText().getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] value = event instanceof Event.OfTombstone ? null : CloudEvents.data(event);
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(prefix + event.stream().text(), null, null, key, value, headers);
    }

    /** The same as a consumer gets it. */
    static ConsumerRecord<byte[], byte[]> read(Event event) {
        return read(of("tocsin.", event));
    }

    static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
