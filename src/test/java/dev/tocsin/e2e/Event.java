package dev.tocsin.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.wire.RecordSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One record as a reader gets it: a CloudEvent, one line of JSON. Immutable. */
record Event(String text, JsonNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Event parse(String line) {
        try {
            return new Event(line, JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON object a line: " + line, e);
        }
    }

    /** What its schema has against it, a line each. */
    List<String> mistakes() {
        return RecordSchemas.mistakes(text).stream()
                .map(mistake -> mistake + " in " + text)
                .toList();
    }

    /** The same for every retry. */
    String eventId() {
        return line.path("id").asText();
    }

    /** {@code health outage finding watermark}, from the type. */
    String kind() {
        return line.path("type").asText().replaceAll("^dev\\.tocsin\\.|\\.v1$", "");
    }

    boolean health() {
        return kind().equals("health");
    }

    boolean outage() {
        return kind().equals("outage");
    }

    boolean finding() {
        return kind().equals("finding");
    }

    boolean watermark() {
        return kind().equals("watermark");
    }

    String key() {
        return line.path("subject").asText();
    }

    JsonNode data() {
        return line.path("data");
    }

    boolean tombstone() {
        return data().isNull();
    }

    long seq() {
        return data().path("seq").asLong();
    }

    long epoch() {
        return data().path("epoch").asLong();
    }

    int coalesced() {
        return data().path("coalesced").asInt();
    }

    /** A field of the data by its path, as {@code scope.job}; "" when null or absent. */
    String at(String path) {
        return data().at("/" + path.replace('.', '/')).asText("").replaceFirst("^null$", "");
    }

    Instant instant(String path) {
        return Instant.parse(at(path));
    }

    /** The texts of a list of the data. */
    List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        data().at("/" + path.replace('.', '/')).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /* Outages */

    String id() {
        return at("outage");
    }

    String change() {
        return at("change");
    }

    String scope() {
        return at("scope.kind");
    }

    boolean ofJob(String job) {
        return outage() && scope().equals("job") && at("scope.job").equals(job);
    }

    boolean opened() {
        return change().equals("opened");
    }

    boolean ended() {
        return change().equals("resolved") || change().equals("closed");
    }

    /* Health */

    boolean ofTarget(String job) {
        return health() && at("target.job").equals(job);
    }

    String to() {
        return at("to.health");
    }

    /** For people who read a failed test. */
    String brief() {
        if (tombstone()) {
            return kind() + " tombstone " + key();
        }
        return switch (kind()) {
            case "health" ->
                "health %s/%s/%s %s -> %s %s seq %d"
                        .formatted(
                                at("target.source"),
                                at("target.job"),
                                at("target.instance"),
                                at("from.health"),
                                to(),
                                at("to.cause.subCause") + at("to.why"),
                                seq());
            case "outage" ->
                "outage %s v%s %s %s %s/%s %s down %s seq %d"
                        .formatted(
                                id(),
                                at("version"),
                                change(),
                                at("reason"),
                                scope(),
                                at("scope.job") + at("scope.source"),
                                at("verdict"),
                                at("members.downTotal"),
                                seq());
            default -> text;
        };
    }
}
