package dev.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Named;
import dev.tocsin.health.SourceState;
import dev.tocsin.outage.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everySchemaShipsUnderItsOwnId() throws Exception {
        for (String name : Schemas.NAMES) {
            JsonNode schema = JSON.readTree(Schemas.named(name).orElseThrow());

            assertThat(schema.path("$id").asText()).isEqualTo("https://tocsin.dev/schema/" + name + ".v1.json");
            assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        }
    }

    @Test
    void anUnknownNameHasNoSchema() {
        assertThat(Schemas.named("../wire/health")).isEmpty();
    }

    @Test
    void theSchemasListTheWordsOfTheCode() throws Exception {
        assertThat(words("outage", "/properties/reason")).isEqualTo(texts(Reason.values()));
        assertThat(words("finding", "/properties/kind")).isEqualTo(texts(FindingKind.values()));
        assertThat(words("watermark", "/properties/state")).isEqualTo(texts(SourceState.values()));
        assertThat(words("health", "/$defs/standing/properties/cause/properties/family"))
                .isEqualTo(texts(CauseFamily.values()));
        assertThat(words("classification", "/properties/family")).isEqualTo(texts(CauseFamily.values()));
        assertThat(words("classification", "/properties/locus")).isEqualTo(texts(Locus.values()));
    }

    private static List<String> words(String name, String place) throws Exception {
        JsonNode words =
                JSON.readTree(Schemas.named(name).orElseThrow()).at(place).path("enum");
        return StreamSupport.stream(words.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> texts(Named[] constants) {
        return Arrays.stream(constants).map(Named::text).toList();
    }
}
