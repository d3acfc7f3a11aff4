package dev.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.Named;
import dev.tocsin.health.Stream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document, held against the code that writes. */
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();

    @Test
    void everyStreamHasAChannelAndEveryChannelAStream() {
        Map<String, String> streams = Arrays.stream(Stream.values())
                .collect(Collectors.toMap(Named::text, stream -> KafkaConfig.TOPIC_PREFIX + stream.text()));
        Map<String, String> addresses = new TreeMap<>();
        Map<String, String> topics = new TreeMap<>();
        DOCUMENT.path("channels").properties().forEach(channel -> {
            addresses.put(channel.getKey(), channel.getValue().path("address").asText());
            topics.put(
                    channel.getKey(),
                    channel.getValue().at("/bindings/kafka/topic").asText());
        });

        assertThat(addresses).isEqualTo(streams);
        assertThat(topics).isEqualTo(streams);
        assertThat(names(DOCUMENT.path("operations"))).hasSize(streams.size());
    }

    @Test
    void everyTypeHasAMessageInTheChannelOfItsStreamAndEveryMessageAType() {
        Set<String> expected = new TreeSet<>();
        Set<String> told = new TreeSet<>();
        for (RecordType type : RecordType.values()) {
            expected.add(type.stream().text() + " " + type.type() + " " + type.schema() + " #/components/schemas/"
                    + type.text());
            expected.add(type.stream().text() + " " + type.type() + " " + type.schema() + " null");
        }
        DOCUMENT.path("channels")
                .properties()
                .forEach(channel -> channel.getValue().path("messages").forEach(reference -> {
                    JsonNode message = at(reference);
                    JsonNode payload = message.path("payload");
                    told.add(channel.getKey() + " "
                            + message.at("/headers/properties/ce_type/const").asText() + " "
                            + message.at("/headers/properties/ce_dataschema/const")
                                    .asText() + " "
                            + payload.path("$ref").asText(payload.path("type").asText()));
                }));

        assertThat(told).isEqualTo(expected);
        assertThat(names(DOCUMENT.at("/components/messages"))).hasSize(expected.size());
    }

    @Test
    void theHeadersAreThoseThatAreWritten() {
        JsonNode headers = DOCUMENT.at("/components/messageTraits/binaryMode/headers");
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(headers);
        RandomRecords random = new RandomRecords(11);
        for (int i = 0; i < 200; i++) {
            Map<String, String> written = BinaryMode.headers(random.event());

            assertThat(names(headers.path("properties"))).isEqualTo(new TreeSet<>(written.keySet()));
            assertThat(schema.validate(JSON.valueToTree(written).toString(), InputFormat.JSON))
                    .as(written.toString())
                    .isEmpty();
        }
        assertThat(headers.path("required")).hasSameSizeAs(headers.path("properties"));
    }

    @Test
    void theExamplesAreWhatTheSchemasSay() {
        for (RecordType type : RecordType.values()) {
            JsonNode examples = DOCUMENT.at("/components/messages/" + type.text() + "/examples");

            assertThat(examples).isNotEmpty();
            examples.forEach(example -> assertThat(RecordSchemas.mistakes(
                            type.text(), example.path("payload").toString()))
                    .as(type.text())
                    .isEmpty());
        }
    }

    @Test
    void itRefersToNothingOutsideOfItself() {
        Set<String> references = new HashSet<>();
        references(DOCUMENT, references);

        assertThat(references).hasSizeGreaterThan(20).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    private static void references(JsonNode node, Set<String> found) {
        if (node.path("$ref").isTextual()) {
            found.add(node.path("$ref").asText());
        }
        node.forEach(child -> references(child, found));
    }

    private static JsonNode at(JsonNode reference) {
        return DOCUMENT.at(reference.path("$ref").asText().substring(1));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode document() {
        try {
            return JSON.readTree(AsyncApi.text());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
