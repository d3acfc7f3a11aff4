package dev.tocsin.follow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * One record of a topic. Immutable, but for the tree that it shares.
 *
 * @param attributes the CloudEvents attributes, by their names
 * @param data the record; none in a tombstone
 */
public record Entry(Topic topic, String key, Map<String, String> attributes, long epoch, long seq, JsonNode data) {
    /* Texts of sources are hostile: in plain ASCII no line separator, bidi control or half of a surrogate pair gets
     * through to a terminal or breaks a line. Numbers stay as they were written. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Entry {
        attributes = Map.copyOf(attributes);
    }

    /** Whether it ends its key. */
    public boolean tombstone() {
        return data.isMissingNode();
    }

    /** How many changes were merged into it before it was written. */
    long coalesced() {
        return Math.max(0, data.path("coalesced").asLong(0));
    }

    /** The first of the changes in it. */
    long firstSeq() {
        return seq - coalesced();
    }

    /** Whether it repeats a state because the topic was made anew, or a fenced writer had written over it. */
    boolean snapshot() {
        return data.path("snapshot").asBoolean(false);
    }

    /** When it was observed, RFC 3339. */
    public String time() {
        return attributes.getOrDefault("time", "");
    }

    /** The name of its job; empty when it is of none. */
    String job() {
        return switch (topic) {
            case HEALTH -> data.path("target").path("job").asText("");
            case OUTAGES -> data.path("scope").path("job").asText("");
            case FINDINGS -> data.path("subject").path("job").asText("");
            case WATERMARKS -> "";
        };
    }

    /** The CloudEvent in structured mode, one line: what {@code run -o ndjson} writes of it. */
    public String line() {
        ObjectNode event = JSON.createObjectNode();
        new TreeMap<>(attributes).forEach(event::put);
        event.put("tocsinepoch", epoch);
        event.set("data", tombstone() ? JSON.nullNode() : data);
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
