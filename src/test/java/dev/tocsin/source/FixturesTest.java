package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded answer of real servers (2.42, 3.5, 3.14) means what its laboratory says. */
class FixturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> everyTargetOfPrometheus3IsOfItsClass() throws IOException {
        JsonNode manifest = JSON.readTree(Fixtures.bytes("prometheus-3/manifest.json"));
        return entries(manifest)
                .filter(entry -> entry.has("targets"))
                .map(entry -> dynamicTest(entry.get("body").asText(), () -> assertThat(said(Fixtures.bytes(
                                "prometheus-3/" + entry.get("body").asText())))
                        .containsExactlyInAnyOrderElementsOf(expected(entry))));
    }

    @TestFactory
    Stream<DynamicTest> everyOtherAnswerIsDecodedOrRefusedInWords() throws IOException {
        JsonNode manifest = JSON.readTree(Fixtures.bytes("prometheus-3/manifest.json"));
        return entries(manifest)
                .filter(entry -> !entry.has("targets"))
                .map(entry -> dynamicTest(entry.get("body").asText(), () -> {
                    byte[] body =
                            Fixtures.bytes("prometheus-3/" + entry.get("body").asText());

                    if (entry.get("request").asText().startsWith("GET /api/v1/targets") // metadata is another answer
                            && !entry.get("request").asText().contains("/metadata")
                            && !entry.get("request").asText().contains("relabel")
                            && entry.get("status").asInt() == 200) {
                        assertThat(Fixtures.decode(body)).isNotNull();
                    } else {
                        refuses(body);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyDownTargetOfPrometheus242IsOfARuleThatNamesItsFixture() throws IOException {
        List<String[]> rows = new ArrayList<>();
        String table = new String(
                FixturesTest.class.getResourceAsStream("scrape-errors.tsv").readAllBytes(), StandardCharsets.UTF_8);
        List<String> header = List.of(table.lines().findFirst().orElseThrow().split("\t", -1));
        int fixtures = header.indexOf("fixtures");
        table.lines().skip(1).forEach(line -> rows.add(line.split("\t", -1)));

        return Fixtures.names("prometheus-2.42").stream()
                .filter(name -> name.endsWith(".json")
                        && !name.startsWith("_api")
                        && !name.startsWith("_agent")
                        && !name.contains("scrape_pools"))
                .map(name -> dynamicTest(name, () -> {
                    Set<String> allowed = new HashSet<>();
                    for (String[] row : rows) {
                        if (List.of(row[fixtures].split(",")).contains(name.replace(".json", ""))) {
                            allowed.add(row[3] + "/" + row[4] + "/" + row[5]);
                        }
                    }
                    Set<String> got = new TreeSet<>();
                    for (Observation o : Fixtures.decode(Fixtures.bytes("prometheus-2.42/" + name))) {
                        if (o.reading() == Reading.DOWN) {
                            got.add(ScrapeErrorsTest.kind(o.lastError()));
                        }
                    }
                    if (allowed.isEmpty()) {
                        assertThat(got).doesNotContain("unknown/unclassified/unknown");
                    } else {
                        assertThat(allowed).containsAll(got);
                    }
                }));
    }

    @Test
    void aHealthyTargetMayHaveAnErrorText() throws AnswerRefused {
        Observation up = Fixtures.decode(Fixtures.bytes("prometheus-3/k2-v6nobr-up.json"))
                .get(0);

        assertThat(up.reading()).isEqualTo(Reading.UP);
        assertThat(up.lastError()).endsWith("too many colons in address");
    }

    private static void refuses(byte[] body) {
        try {
            Fixtures.decode(body);
            throw new AssertionError("an answer to another question passed for a target list");
        } catch (AnswerRefused e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static Stream<JsonNode> entries(JsonNode manifest) {
        List<JsonNode> entries = new ArrayList<>();
        manifest.forEach(entries::add);
        return entries.stream();
    }

    private static List<String> expected(JsonNode entry) {
        List<String> expected = new ArrayList<>();
        for (JsonNode target : entry.get("targets")) {
            String kind =
                    target.get("class").isNull() ? "" : target.get("class").asText();
            expected.add(UrlRedactor.redact(target.get("scrapeUrl").asText()) + " "
                    + target.get("health").asText() + " " + kind);
        }
        return expected;
    }

    private static List<String> said(byte[] body) throws AnswerRefused {
        List<String> said = new ArrayList<>();
        for (Observation o : Fixtures.decode(body)) {
            String kind = o.reading() == Reading.DOWN ? ScrapeErrorsTest.kind(o.lastError()) : "";
            said.add(o.target().url() + " " + o.reading().name().toLowerCase(java.util.Locale.ROOT) + " " + kind);
        }
        return said;
    }
}
