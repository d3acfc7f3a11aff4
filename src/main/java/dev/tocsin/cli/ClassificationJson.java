package dev.tocsin.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.tocsin.health.Cause;
import dev.tocsin.source.ErrorRule;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A classification as one line of JSON, in the form of the schema {@code classification}. Pure. */
final class ClassificationJson {
    /* Plain ASCII: no line separator, bidi control or half of a surrogate pair gets through. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ClassificationJson() {}

    static String line(Classification of) {
        StringWriter line = new StringWriter(1024);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            Cause cause = of.classified().cause();
            json.writeStartObject();
            json.writeStringField("family", cause.kind().family().text());
            json.writeStringField("subCause", cause.kind().subCause());
            json.writeStringField("locus", cause.kind().locus().text());
            json.writeStringField("detail", cause.detail());
            json.writeStringField("remedy", cause.remedy());
            json.writeArrayFieldStart("check");
            for (String step : of.check().lines().toList()) {
                json.writeString(step);
            }
            json.writeEndArray();
            rule(json, of.rule());
            json.writeBooleanField("unwrapped", of.unwrapped());
            json.writeNumberField("skippedBytes", of.skipped());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return line.toString();
    }

    private static void rule(JsonGenerator json, ErrorRule rule) throws IOException {
        json.writeObjectFieldStart("rule");
        json.writeNumberField("order", rule.order());
        json.writeStringField("scope", rule.scope().text());
        json.writeStringField("regex", rule.regex());
        json.writeEndObject();
    }
}
