package dev.tocsin.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,19}");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /* Those that every record has, or every one of its type: made once. */
    private static final Attribute VERSION = Attribute.of(PREFIX + "specversion", "1.0");
    private static final Attribute JSON_TYPE = Attribute.of(CONTENT_TYPE, "application/json");
    private static final Map<RecordType, Attribute> TYPES = new EnumMap<>(RecordType.class);
    private static final Map<RecordType, Attribute> SCHEMAS = new EnumMap<>(RecordType.class);

    static {
        for (RecordType type : RecordType.values()) {
            TYPES.put(type, Attribute.of(PREFIX + "type", type.type()));
            SCHEMAS.put(type, Attribute.of(PREFIX + "dataschema", type.schema()));
        }
    }

    private BinaryMode() {}

    /** An attribute as a header. Immutable: nobody changes the bytes. */
    public record Attribute(String name, byte[] value) {
        static Attribute of(String name, String value) {
            return new Attribute(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What a record of a topic has. Immutable: nobody changes the bytes.
     *
     * @param headers in the order in which they are written
     * @param value null for a tombstone
     */
    public record Message(byte[] key, List<Attribute> headers, byte @Nullable [] value) {}

    /** The key: the event's, in UTF-8. */
    public static byte[] key(Event event) {
        return event.key().getBytes(StandardCharsets.UTF_8);
    }

    /** An event with all that a record of a topic has, of its written form. */
    public static Message of(Event event, Written written) {
        byte[] key = key(event);
        byte[] value = event instanceof Event.OfTombstone ? null : written.data();
        return new Message(key, attributes(event, key, written), value);
    }

    /** The headers of an event, in the order in which they are written. */
    public static Map<String, String> headers(Event event) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Attribute header : attributes(event, key(event), Written.of(event))) {
            headers.put(header.name(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static List<Attribute> attributes(Event event, byte[] key, Written written) {
        RecordType type = RecordType.of(event.stream());
        return List.of(
                VERSION,
                Attribute.of(PREFIX + "id", written.id()),
                Attribute.of(PREFIX + "source", event.origin()),
                Objects.requireNonNull(TYPES.get(type)),
                new Attribute(SUBJECT, key),
                Attribute.of(PREFIX + "time", Stamps.text(event.time())),
                Objects.requireNonNull(SCHEMAS.get(type)),
                Attribute.of(PREFIX + "sequence", CloudEvents.digits(event.seq())),
                Attribute.of(EPOCH, Long.toString(event.epoch())),
                Attribute.of(PARTITION_KEY, event.partitionKey()),
                JSON_TYPE);
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
