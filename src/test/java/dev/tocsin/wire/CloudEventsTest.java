package dev.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Target;
import dev.tocsin.health.Tombstone;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /* Target is equal by id alone: compare all that it holds. */
    private static final RecursiveComparisonConfiguration WHOLE = RecursiveComparisonConfiguration.builder()
            .withStrictTypeChecking(true)
            .withIgnoreAllOverriddenEquals(true)
            .build();

    @Test
    void everyRecordComesBackAsItWent() throws RecordRefused {
        for (long seed = 0; seed < 1_000; seed++) {
            Event event = new RandomRecords(seed).event();
            byte[] line = CloudEvents.line(event, seed);

            Envelope envelope = CloudEvents.read(line);

            assertThat(envelope.event())
                    .as("seed " + seed)
                    .usingRecursiveComparison(WHOLE)
                    .isEqualTo(event);
            assertThat(envelope.offset()).isEqualTo(seed);
            assertThat(envelope.key()).isEqualTo(event.key());
            assertThat(envelope.stream()).isEqualTo(event.stream());
            assertThat(CloudEvents.line(envelope.event(), seed))
                    .as("seed " + seed)
                    .isEqualTo(line);
        }
    }

    @Test
    void everyRecordHoldsAgainstItsSchema() {
        for (long seed = 0; seed < 1_000; seed++) {
            String line =
                    new String(CloudEvents.line(new RandomRecords(seed).event(), seed), StandardCharsets.US_ASCII);

            assertThat(RecordSchemas.mistakes(line))
                    .as("seed " + seed + " " + line)
                    .isEmpty();
        }
    }

    @Test
    void aFieldThatNoSchemaNamesIsAMistake() {
        String line = new String(CloudEvents.line(new Event.OfHealth(nodeDown())), StandardCharsets.US_ASCII);

        assertThat(RecordSchemas.mistakes(line)).isEmpty();
        assertThat(RecordSchemas.mistakes(line.replace("\"evidence\":{", "\"evidence\":{\"extra\":1,")))
                .isNotEmpty();
        assertThat(RecordSchemas.mistakes(line.replace("\"locus\":\"target\"", "\"locus\":\"moon\"")))
                .isNotEmpty();
        assertThat(RecordSchemas.mistakes(line.replace("\"health\":\"down\"", "\"health\":\"up\"")))
                .isNotEmpty();
    }

    @Test
    void aHealthRecordHasTheFormOfTheContract() throws Exception {
        byte[] line = CloudEvents.line(new Event.OfHealth(nodeDown()), 41);

        JsonNode event = JSON.readTree(line);
        JsonNode wanted = JSON.readTree(getClass().getResourceAsStream("health-example.json"));
        assertThat(event).isEqualTo(wanted);
    }

    @Test
    void aLineIsAsciiWithoutControlCharacters() {
        for (long seed = 0; seed < 500; seed++) {
            for (byte b : CloudEvents.line(new RandomRecords(seed).event(), 0)) {
                assertThat(b).as("seed " + seed).isBetween((byte) 0x20, (byte) 0x7f);
            }
        }
    }

    @Test
    void aHalfSurrogateInTheNameOfALabelIsReplaced() throws RecordRefused {
        HealthDelta delta = labelled(nodeDown(), Map.of("a\ud800b", "x\ud800y", "\ud83d\ude00", "z"));

        HealthDelta read = ((Event.OfHealth) CloudEvents.read(CloudEvents.line(new Event.OfHealth(delta)))
                        .event())
                .delta();

        assertThat(read.target().labels()).isEqualTo(Map.of("a\ufffdb", "x\ud800y", "\ud83d\ude00", "z"));
    }

    @Test
    void theIdChangesWithKeyEpochSeqAndDataOnly() throws Exception {
        HealthDelta delta = nodeDown();
        String id = id(delta, 1);

        assertThat(id(delta, 2)).isEqualTo(id);
        assertThat(id(at(delta, 4, 17, 0), 1)).isNotEqualTo(id);
        assertThat(id(at(delta, 3, 18, 0), 1)).isNotEqualTo(id);
        assertThat(id(at(delta, 3, 17, 1), 1)).isNotEqualTo(id);
    }

    @Test
    void aTombstoneHasNullData() throws Exception {
        Tombstone end = new Tombstone(
                Stream.HEALTH,
                "prom-a:00",
                List.of("eu-1", "prom-a"),
                "eu-1",
                Instant.parse("2026-11-20T10:00:03.120Z"),
                3,
                18);

        JsonNode event = JSON.readTree(CloudEvents.line(new Event.OfTombstone(end), 5));

        assertThat(event.has("data")).isTrue();
        assertThat(event.get("data").isNull()).isTrue();
        assertThat(event.get("type").asText()).isEqualTo("dev.tocsin.health.v1");
        assertThat(event.get("subject").asText()).isEqualTo("prom-a:00");
    }

    @Test
    void unknownFieldsArePassedOver() throws RecordRefused {
        String line = new String(CloudEvents.line(new Event.OfHealth(nodeDown()), 1), StandardCharsets.US_ASCII)
                .replace("{\"specversion\"", "{\"later\":{\"a\":[1]},\"specversion\"")
                .replace("\"evidence\":{", "\"evidence\":{\"later\":[{}],");

        Event event = CloudEvents.read(line.getBytes(StandardCharsets.US_ASCII)).event();

        assertThat(event).usingRecursiveComparison(WHOLE).isEqualTo(new Event.OfHealth(nodeDown()));
    }

    @Test
    void aNewerVersionIsRefusedAndSaidSo() {
        String line = new String(CloudEvents.line(new Event.OfHealth(nodeDown()), 1), StandardCharsets.US_ASCII)
                .replace("health.v1\"", "health.v2\"");

        assertThatThrownBy(() -> CloudEvents.read(line.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOfSatisfying(
                        RecordRefused.class, e -> assertThat(e.newer()).isTrue())
                .hasMessage("type: got \"dev.tocsin.health.v2\", want at most \"dev.tocsin.health.v1\":"
                        + " written by a newer Tocsin; read it with that version");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "locus":"target"         | "locus":"moon"      | data.to.cause.locus: got "moon", want one of [target, path, observer, config, unknown]
            "seq":17                 | "seq":"x"           | data.seq: got "x", want a whole number
            "coalesced":0            | "coalesced":-1      | data.coalesced: got -1, want 0 to 2147483647
            "lastScrape":"2026       | "lastScrape":"x2026 | data.evidence.lastScrape: got "x2026-11-20T10:00:03.120Z", want a time such as 2026-11-20T10:00:03.120Z
            "to":                    | "too":              | data.to: got nothing, want an object
            "labels":{               | "labels":{"a":1,    | data.target.labels.a: got 1, want a text
            "health":"down"          | "health":"ill"      | data.to.health: got "ill", want one of [up, down, unknown, gone]
            """)
    void aWrongFieldIsRefusedWithItsPlace(String good, String bad, String message) throws RecordRefused {
        String line = new String(CloudEvents.line(new Event.OfHealth(nodeDown()), 1), StandardCharsets.US_ASCII);
        assertThat(line).contains(good);

        Envelope envelope = CloudEvents.read(line.replace(good, bad).getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(envelope::event).isInstanceOf(RecordRefused.class).hasMessage(message);
    }

    @Test
    void aLineCutAnywhereIsRefused() {
        byte[] line = CloudEvents.line(new Event.OfHealth(nodeDown()), 1);

        for (int cut = 0; cut < line.length; cut++) {
            byte[] torn = java.util.Arrays.copyOf(line, cut);
            assertThatThrownBy(() -> CloudEvents.read(torn)).as("cut at " + cut).isInstanceOf(RecordRefused.class);
        }
    }

    private static String id(HealthDelta delta, long offset) throws Exception {
        return JSON.readTree(CloudEvents.line(new Event.OfHealth(delta), offset))
                .get("id")
                .asText();
    }

    private static HealthDelta at(HealthDelta delta, long epoch, long seq, int coalesced) {
        return new HealthDelta(
                delta.target(), delta.from(), delta.to(), delta.evidence(), epoch, seq, coalesced, false, false);
    }

    private static HealthDelta labelled(HealthDelta delta, Map<String, String> labels) {
        Target t = delta.target();
        Target target = new Target(t.id(), t.source(), t.job(), t.instance(), t.pool(), t.url(), labels);
        return new HealthDelta(target, delta.from(), delta.to(), delta.evidence(), 3, 17, 0, false, false);
    }

    private static HealthDelta nodeDown() {
        Target target = new Target(
                "prom-a:5f3a0000000000000000000000000000",
                new Source("prom-a", "eu-1", SourceKind.PROMETHEUS),
                "node",
                "10.0.0.7:9100",
                "node",
                "http://10.0.0.7:9100/metrics",
                Map.of("zone", "a", "instance", "10.0.0.7:9100", "job", "node"));
        Cause cause = new Cause(
                new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET),
                "dial tcp 10.0.0.7:9100: connect: connection refused",
                "Nothing listens there: is the process running, on this port?");
        Instant scrape = Instant.parse("2026-11-20T10:00:03.120Z");
        return new HealthDelta(
                target,
                new HealthDelta.Standing(Health.UP, Instant.parse("2026-11-20T09:12:00.120Z")),
                new HealthDelta.Standing(new Health.Down(cause), scrape),
                new HealthDelta.Evidence(scrape, 0.0003, Instant.parse("2026-11-20T10:00:04.900Z"), 15_000, 10_000),
                3,
                17,
                0,
                false,
                false);
    }
}
