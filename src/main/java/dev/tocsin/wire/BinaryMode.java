package dev.tocsin.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events as CloudEvents 1.0 in binary mode, as on Kafka: attributes are headers, the value is the record's JSON alone. A
 * tombstone has its headers and no value.
 */
public final class BinaryMode {
    /** The prefix of a header that is an attribute. */
    public static final String PREFIX = "ce_";

    /** The header that is {@code datacontenttype}; it has no prefix. */
    public static final String CONTENT_TYPE = "content-type";

    /** The header with the key. */
    public static final String SUBJECT = PREFIX + "subject";

    /** The header with the number of the start that wrote it. */
    public static final String EPOCH = PREFIX + "tocsinepoch";

    /** The header with the cluster, or the node's name. */
    public static final String PARTITION_KEY = PREFIX + "partitionkey";

    private static final String JSON_TYPE = "application/json";
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,19}");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private BinaryMode() {}

    /**
     * What a record of a topic has. Immutable: nobody changes the bytes.
     *
     * @param headers in the order in which they are written
     * @param value null for a tombstone
     */
    public record Message(byte[] key, Map<String, String> headers, byte @Nullable [] value) {}

    /** The key: the event's, in UTF-8. */
    public static byte[] key(Event event) {
        return event.key().getBytes(StandardCharsets.UTF_8);
    }

    /** An event with all that a record of a topic has, of its written form. */
    public static Message of(Event event, Written written) {
        byte[] value = event instanceof Event.OfTombstone ? null : written.data();
        return new Message(key(event), headers(event, written), value);
    }

    /** The headers of an event, in the order in which they are written. */
    public static Map<String, String> headers(Event event) {
        return headers(event, Written.of(event));
    }

    private static Map<String, String> headers(Event event, Written written) {
        RecordType type = RecordType.of(event.stream());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PREFIX + "specversion", "1.0");
        headers.put(PREFIX + "id", written.id());
        headers.put(PREFIX + "source", event.origin());
        headers.put(PREFIX + "type", type.type());
        headers.put(SUBJECT, event.key());
        headers.put(PREFIX + "time", Stamps.text(event.time()));
        headers.put(PREFIX + "dataschema", type.schema());
        headers.put(PREFIX + "sequence", CloudEvents.digits(event.seq()));
        headers.put(EPOCH, Long.toString(event.epoch()));
        headers.put(PARTITION_KEY, event.partitionKey());
        headers.put(CONTENT_TYPE, JSON_TYPE);
        return headers;
    }

    /** The value of an event; null for a tombstone. */
    public static byte @Nullable [] value(Event event) {
        return event instanceof Event.OfTombstone ? null : CloudEvents.data(event);
    }

    /* The structured form is made of it, so that there is one reader of events, wherever they come from. */
    /**
     * Reads the envelope of a record; headers that are no attributes are passed over.
     *
     * @param value null for a tombstone
     * @throws RecordRefused it is no event of ours, or of a version after ours
     */
    public static Envelope read(Map<String, String> headers, byte @Nullable [] value) throws RecordRefused {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = CloudEvents.JSON.createGenerator(line, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            json.writeStartObject();
            for (Map.Entry<String, String> header : headers.entrySet()) {
                writeAttribute(json, header.getKey(), header.getValue());
            }
            json.writeFieldName("data");
            json.flush();
            line.write(':');
            line.write(value == null ? NULL : value);
            line.write('}');
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return CloudEvents.read(line.toByteArray());
    }

    /* An offset is the file log's own, and no attribute names the data. */
    private static void writeAttribute(JsonGenerator json, String header, String value) throws IOException {
        if (header.equals(CONTENT_TYPE)) {
            json.writeStringField("datacontenttype", value);
        } else if (header.equals(EPOCH) && WHOLE.matcher(value).matches()) {
            json.writeFieldName("tocsinepoch");
            json.writeNumber(new BigInteger(value));
        } else if (header.startsWith(PREFIX) && !header.equals(PREFIX + "data") && !header.equals(PREFIX + "offset")) {
            json.writeStringField(header.substring(PREFIX.length()), value);
        }
    }

    /** The partition of an event among so many: Kafka's own choice for the partition key in UTF-8. */
    public static int partition(String partitionKey, int partitions) {
        return (Murmur2.of(partitionKey.getBytes(StandardCharsets.UTF_8)) & Integer.MAX_VALUE) % partitions;
    }
}
