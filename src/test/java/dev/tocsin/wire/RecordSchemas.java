package dev.tocsin.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds NDJSON lines against the schemas that ship, more strictly than a reader may: a field that no schema names is a
 * mistake here. Thread-safe: immutable.
 */
public final class RecordSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = "https://tocsin.dev/schema/event.v1.json";
    private static final SchemaRegistry STRICT = strict();
    private static final Schema LINE = STRICT.getSchema(SchemaLocation.of(EVENT));

    private RecordSchemas() {}

    /** What is wrong with a line; empty when nothing is. */
    public static List<String> mistakes(String line) {
        return mistakes(LINE, line);
    }

    /** What is wrong with a document of which that is the schema. */
    public static List<String> mistakes(String name, String document) {
        return mistakes(
                STRICT.getSchema(SchemaLocation.of("https://tocsin.dev/schema/" + name + ".v1.json")), document);
    }

    private static List<String> mistakes(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static SchemaRegistry strict() {
        Map<String, String> texts = new HashMap<>();
        try {
            for (String name : Schemas.NAMES) {
                JsonNode schema = JSON.readTree(Schemas.named(name).orElseThrow());
                close(schema);
                texts.put("https://tocsin.dev/schema/" + name + ".v1.json", schema.toString());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, b -> b.schemas(texts));
    }

    /* Objects that list their required fields are whole objects; the others are conditions on one. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.has("properties")
                && object.has("required")
                && object.path("type").asText().equals("object")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(RecordSchemas::close);
    }
}
