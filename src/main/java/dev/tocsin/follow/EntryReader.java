package dev.tocsin.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads records: CloudEvents in binary mode, a null value ends the key. Stateless. */
final class EntryReader {
    private static final String PREFIX = "ce_";

    private EntryReader() {}

    static Entry read(Topic topic, ConsumerRecord<byte @Nullable [], byte @Nullable []> record) throws Unreadable {
        byte[] key = record.key();
        if (key == null) {
            throw new Unreadable("key: got none, want one");
        }
        Map<String, String> attributes = attributes(record);
        topic.check(text(attributes, "type"));
        return new Entry(
                topic,
                new String(key, StandardCharsets.UTF_8),
                attributes,
                whole(attributes, "tocsinepoch"),
                whole(attributes, "sequence"),
                data(record.value()));
    }

    private static Map<String, String> attributes(ConsumerRecord<?, ?> record) {
        Map<String, String> attributes = new HashMap<>();
        for (Header header : record.headers()) {
            byte[] value = header.value();
            String name = header.key();
            if (value != null && name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), new String(value, StandardCharsets.UTF_8));
            } else if (value != null && name.equals("content-type")) {
                attributes.put("datacontenttype", new String(value, StandardCharsets.UTF_8));
            }
        }
        return attributes;
    }

    private static JsonNode data(byte @Nullable [] value) throws Unreadable {
        if (value == null) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode data = Entry.JSON.readTree(value);
            if (data.isObject()) {
                return data;
            }
            throw new Unreadable("value: got " + data.getNodeType() + ", want an object");
        } catch (IOException e) {
            throw new Unreadable("value: no JSON");
        }
    }

    private static String text(Map<String, String> attributes, String name) throws Unreadable {
        String text = attributes.get(name);
        if (text == null) {
            throw new Unreadable("header ce_" + name + ": got none, want one");
        }
        return text;
    }

    private static long whole(Map<String, String> attributes, String name) throws Unreadable {
        String text = text(attributes, name);
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            /* told below */
        }
        throw new Unreadable("header ce_" + name + ": got \"" + text + "\", want a whole number, 1 or more");
    }
}
