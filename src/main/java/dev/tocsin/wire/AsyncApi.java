package dev.tocsin.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The AsyncAPI 3 document of the topics, with the schemas of the records in it. */
public final class AsyncApi {
    private static final String FILE = "asyncapi.json";

    private AsyncApi() {}

    /** Its text: one document that refers to nothing outside of itself. */
    public static String text() {
        try (InputStream file = AsyncApi.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the jar has no dev/tocsin/wire/" + FILE);
            }
            JsonNode document = CloudEvents.JSON.readTree(file);
            ObjectNode schemas = document.withObject("/components/schemas");
            for (RecordType type : RecordType.values()) {
                schemas.set(type.text(), schema(type.text()));
            }
            return CloudEvents.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* Within another document a schema is no root: its name goes, its references are the document's, and what it defines
     * stands where AsyncAPI knows it. */
    private static JsonNode schema(String name) throws IOException {
        ObjectNode schema =
                (ObjectNode) CloudEvents.JSON.readTree(Schemas.named(name).orElseThrow());
        schema.remove(List.of("$id", "$schema"));
        refer(schema, "#/components/schemas/" + name + "/definitions/");
        JsonNode definitions = schema.remove("$defs");
        return definitions == null ? schema : schema.set("definitions", definitions);
    }

    private static void refer(JsonNode node, String place) {
        JsonNode reference = node.path("$ref");
        if (node instanceof ObjectNode object && reference.isTextual()) {
            object.set("$ref", TextNode.valueOf(reference.asText().replace("#/$defs/", place)));
        }
        node.forEach(child -> refer(child, place));
    }
}
