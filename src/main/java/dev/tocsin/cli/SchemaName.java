package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.health.Named;
import dev.tocsin.wire.AsyncApi;
import dev.tocsin.wire.Schemas;
import java.util.Arrays;
import java.util.List;

/** A JSON Schema that {@code schema} prints, and what it is of. */
enum SchemaName implements Named {
    CONFIG("the configuration file"),
    HEALTH("a change of one target: data of the stream health"),
    OUTAGE("a version of an outage: data of the stream outages"),
    FINDING("a warning that is no outage: data of the stream findings"),
    WATERMARK("how far a source is told: data of the stream watermarks"),
    EVENT("the CloudEvent around each of them: a line of run -o ndjson"),
    CLASSIFICATION("a line of classify -o ndjson"),
    TRIAGE("the report of triage -o json"),
    ASYNCAPI("no schema but the AsyncAPI 3 document of the Kafka topics");

    private final String about;

    SchemaName(String about) {
        this.about = about;
    }

    String about() {
        return about;
    }

    String json() {
        return switch (this) {
            case CONFIG -> ConfigLoader.schema();
            case ASYNCAPI -> AsyncApi.text();
            case HEALTH, OUTAGE, FINDING, WATERMARK, EVENT, CLASSIFICATION, TRIAGE ->
                Schemas.named(text()).orElseThrow();
        };
    }

    static List<String> names() {
        return Arrays.stream(values()).map(SchemaName::text).toList();
    }
}
