package dev.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a configuration against the JSON Schema in the jar and says each mistake in an operator's words. Immutable. */
final class SchemaCheck {
    /** The resource, beside this class. */
    static final String SCHEMA = "config.schema.json";

    private final JsonNode schemaJson;
    private final Schema schema;

    SchemaCheck() {
        try {
            schemaJson = new ObjectMapper().readTree(text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaJson);
    }

    static String text() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the resource " + SCHEMA);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Mistake> check(Yaml root) {
        List<Mistake> mistakes = new ArrayList<>();
        for (Error error : schema.validate(root.json())) {
            mistakes.add(mistake(error, root));
        }
        return mistakes;
    }

    private Mistake mistake(Error error, Yaml root) {
        Yaml at = root;
        Place key = root.at();
        String path = "";
        NodePath location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object step = location.getElement(i);
            key = at.keyPlace(step.toString());
            Yaml next = step instanceof Integer index ? at.get(index) : at.get(step.toString());
            path = step instanceof Integer ? path + "[" + step + "]" : Paths.child(path, step.toString());
            if (next == null) {
                throw new IllegalStateException("the schema speaks of " + path + ", which is not in the file");
            }
            at = next;
        }
        JsonNode rule = rule(error.getSchemaLocation().getFragment());
        String want = rule.path("title").asText(error.getMessage());
        boolean secret = rule.path("writeOnly").asBoolean();
        String property = error.getProperty();
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknown(at, path, String.valueOf(property), rule);
            case "required" ->
                new Mistake(
                        at.at(),
                        Paths.child(path, String.valueOf(property)),
                        "got nothing, want " + wantOf(rule, property));
            case "not" -> {
                String why = rule.path("not").path("title").asText("");
                yield why.isEmpty()
                        ? new Mistake(key, path, "got a key that is " + want + ", want it left out")
                        : new Mistake(at.at(), path, "got " + got(at, false) + ", which is " + why + ", want " + want);
            }
            case "minProperties" -> new Mistake(at.at(), path, "got an empty mapping, want " + want);
            case "maxItems" ->
                new Mistake(
                        at.at(),
                        path,
                        "got " + at.json().size() + " entries, want at most "
                                + rule.path("maxItems").asInt());
            default -> new Mistake(at.at(), path, "got " + got(at, secret) + ", want " + want);
        };
    }

    private static Mistake unknown(Yaml at, String path, String property, JsonNode rule) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        String want = Nearest.to(property, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("want one of " + String.join(", ", known));
        return new Mistake(at.keyPlace(property), Paths.child(path, property), "got an unknown key, " + want);
    }

    private String wantOf(JsonNode rule, @Nullable String property) {
        JsonNode of = rule.path("properties").path(String.valueOf(property));
        JsonNode shared =
                of.has("$ref") ? schemaJson.at(of.path("$ref").asText().substring(1)) : of;
        return shared.path("title").asText("a value");
    }

    /** The schema that holds the keyword at that place of our schema. */
    private JsonNode rule(NodePath keyword) {
        JsonNode node = schemaJson;
        for (int i = 0; i < keyword.getNameCount() - 1; i++) {
            Object step = keyword.getElement(i);
            node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
        }
        return node;
    }

    /** What came, for people; never what may be a secret. */
    static String got(Yaml value, boolean secret) {
        JsonNode json = value.json();
        if (json.isNull()) {
            return "nothing";
        }
        if (json.isObject()) {
            return "a mapping";
        }
        if (json.isArray()) {
            return "a list";
        }
        if (secret) {
            return "another text (not shown, it may be a secret)";
        }
        return json.isTextual() ? Paths.shown(json.asText()) : Paths.printable(json.asText(), 60);
    }
}
