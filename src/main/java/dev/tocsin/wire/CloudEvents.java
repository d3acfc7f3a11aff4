package dev.tocsin.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/** Events as CloudEvents 1.0 in structured mode, one JSON object a line: terminal, SSE and file log write the same. */
public final class CloudEvents {
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    private static final int DATA_BYTES = 1024;
    private static final int ATTRIBUTES_BYTES = 768;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 20;

    private CloudEvents() {}

    /** The line of an event that has an offset in its stream, without the line feed. */
    public static byte[] line(Event event, long offset) {
        return line(event, Written.of(event), offset);
    }

    /** The same, of its written form. */
    public static byte[] line(Event event, Written written, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: got " + offset + ", want 0 or more");
        }
        return write(event, written, offset);
    }

    /** The line of an event that is in no log, without the line feed. */
    public static byte[] line(Event event) {
        return write(event, Written.of(event), -1);
    }

    /** The JSON form of an event's record alone, {@code null} for a tombstone: the value of a topic, of an API. */
    public static byte[] data(Event event) {
        if (event instanceof Event.OfTombstone) {
            return NULL.clone();
        }
        AsciiJson json = new AsciiJson(DATA_BYTES);
        writeData(json, event);
        return json.toByteArray();
    }

    /**
     * Reads the envelope of a line; unknown attributes are passed over.
     *
     * @throws RecordRefused it is no event of ours, or of a version after ours
     */
    public static Envelope read(byte[] line) throws RecordRefused {
        Map<String, String> attributes = new HashMap<>();
        boolean tombstone = false;
        boolean data = false;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new RecordRefused("line: got " + json.currentToken() + ", want an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("data")) {
                    data = true;
                    tombstone = value == JsonToken.VALUE_NULL;
                }
                if (value != null && value.isScalarValue()) {
                    attributes.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new RecordRefused("line: got more or less than one object, want one");
            }
        } catch (IOException e) {
            throw new RecordRefused("line: no JSON: " + e.getMessage());
        }
        return envelope(attributes, data, tombstone, line);
    }

    private static Envelope envelope(Map<String, String> attributes, boolean data, boolean tombstone, byte[] line)
            throws RecordRefused {
        RecordType type = RecordType.parse(text(attributes, "type"));
        if (!data) {
            throw new RecordRefused("data: got nothing, want an object or null");
        }
        return new Envelope(
                type.stream(),
                text(attributes, "subject"),
                text(attributes, "source"),
                text(attributes, "partitionkey"),
                time(text(attributes, "time")),
                whole("tocsinepoch", text(attributes, "tocsinepoch")),
                whole("sequence", text(attributes, "sequence")),
                attributes.containsKey("offset") ? whole("offset", text(attributes, "offset")) : -1,
                tombstone,
                line);
    }

    private static byte[] write(Event event, Written written, long offset) {
        RecordType type = RecordType.of(event.stream());
        AsciiJson json = new AsciiJson(written.data().length + ATTRIBUTES_BYTES);
        json.writeStartObject();
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", written.id());
        json.writeStringField("source", event.origin());
        json.writeStringField("type", type.type());
        json.writeStringField("subject", event.key());
        json.writeTimeField("time", event.time());
        json.writeStringField("dataschema", type.schema());
        json.writeStringField("datacontenttype", "application/json");
        json.writeStringField("sequence", digits(event.seq()));
        json.writeNumberField("tocsinepoch", event.epoch());
        json.writeStringField("partitionkey", event.partitionKey());
        if (offset >= 0) {
            /* A text, because a CloudEvents integer has 32 bits; of 20 digits, as the sequence. */
            json.writeStringField("offset", digits(offset));
        }
        json.writeRawField("data", written.data());
        json.writeEndObject();
        return json.toByteArray();
    }

    static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    private static void writeData(AsciiJson json, Event event) {
        if (event instanceof Event.OfHealth health) {
            HealthForm.write(json, health.delta());
        } else if (event instanceof Event.OfOutage outage) {
            OutageForm.write(json, outage.outage());
        } else if (event instanceof Event.OfFinding finding) {
            FindingForm.write(json, finding.finding());
        } else if (event instanceof Event.OfWatermark watermark) {
            WatermarkForm.write(json, watermark.watermark());
        }
    }

    private static String text(Map<String, String> attributes, String name) throws RecordRefused {
        String text = attributes.get(name);
        if (text == null) {
            throw new RecordRefused(name + ": got nothing, want a text");
        }
        return text;
    }

    private static Instant time(String text) throws RecordRefused {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RecordRefused("time: got \"" + text + "\", want a time such as 2026-11-20T10:00:03.120Z");
        }
    }

    private static long whole(String name, String text) throws RecordRefused {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            /* told below */
        }
        throw new RecordRefused(name + ": got \"" + text + "\", want a whole number, 0 or more");
    }
}
