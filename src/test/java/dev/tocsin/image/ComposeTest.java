package dev.tocsin.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker/compose.yaml}, held against the schema of the Compose specification and the tree. */
final class ComposeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("docker/compose.yaml");
    private static final Path SCHEMA = Path.of("src/test/resources/compose/compose-spec.json");

    private final Schema schema;
    private final String text;
    private final JsonNode services;

    ComposeTest() throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(SCHEMA.toFile());
        json.remove("$id"); // relative, to nothing
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(json);
        text = Files.readString(FILE);
        services = read(text).path("services");
    }

    @Test
    void itIsWhatTheSpecificationSays() {
        assertThat(schema.validate(read(text))).isEmpty();
        assertThat(schema.validate(read(text.replace("mem_limit:", "memory:"))))
                .as("the schema sees mistakes")
                .isNotEmpty();
    }

    @Test
    void theKafkaThatIsToComeIsToo() {
        JsonNode complete = read(text.replaceAll("(?m)^  # ( |kafka)", "  $1"));

        assertThat(schema.validate(complete)).isEmpty();
        assertThat(complete.at("/services/kafka/image").asText()).startsWith("apache/kafka:");
        assertThat(complete.path("volumes").has("kafka-data")).isTrue();
    }

    @Test
    void everyServiceIsConfinedAndLookedAfter() {
        assertThat(services).hasSize(4).allSatisfy(service -> {
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.path("cap_drop")).extracting(JsonNode::asText).containsExactly("ALL");
            assertThat(service.path("security_opt"))
                    .extracting(JsonNode::asText)
                    .contains("no-new-privileges:true");
            assertThat(service.has("healthcheck") || service.has("build")).isTrue();
        });
    }

    @Test
    void everyImageThatIsNotBuiltHereIsPinned() {
        assertThat(services)
                .filteredOn(service -> !service.has("build"))
                .hasSize(3)
                .allSatisfy(
                        service -> assertThat(service.path("image").asText()).matches("[a-z/-]+:v\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void theFilesThatItNamesAreThere() {
        Path folder = FILE.resolveSibling("");
        assertThat(services.at("/tocsin/build/dockerfile").asText()).isEqualTo(Dockerfile.FILE.toString());
        services.forEach(service -> service.path("volumes").forEach(volume -> {
            String source = volume.asText().split(":")[0];
            if (source.startsWith("./")) {
                assertThat(folder.resolve(source)).isRegularFile();
            }
        }));
    }

    private static JsonNode read(String yaml) {
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return JSON.valueToTree(loaded);
    }
}
