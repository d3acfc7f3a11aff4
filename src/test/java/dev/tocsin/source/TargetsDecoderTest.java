package dev.tocsin.source;

import static dev.tocsin.health.Observation.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.health.TargetIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of faults are named by their number: F07 to F11, F20 to F26. */
class TargetsDecoderTest {
    private static final String LABELS = "'labels':{'instance':'10.0.0.7:9100','job':'node'}";
    private static final String WHERE = "'scrapePool':'node','scrapeUrl':'http://10.0.0.7:9100/metrics'";
    private static final String WHEN = "'lastScrape':'2026-11-20T04:35:51.753627224Z','lastScrapeDuration':0.25";
    private static final String GOOD = "{" + LABELS + "," + WHERE + ",'health':'up','lastError':''," + WHEN
            + ",'scrapeInterval':'1m30s','scrapeTimeout':'10s'}";

    private static String answer(String... targets) {
        return json("{'status':'success','data':{'activeTargets':[" + String.join(",", targets)
                + "],'droppedTargets':null,'droppedTargetCounts':null}}");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static Observation one(String target) throws AnswerRefused {
        List<Observation> all = Fixtures.decode(answer(target));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static AnswerRefused refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    private static AnswerRefused refusal(byte[] body) {
        AnswerRefused refused = catchThrowableOfType(AnswerRefused.class, () -> Fixtures.decode(body));
        assertThat(refused)
                .as(() -> "refused: " + new String(body, StandardCharsets.UTF_8))
                .isNotNull();
        return refused;
    }

    @Test
    void aTargetIsReadWhole() throws AnswerRefused {
        Observation o = one(GOOD);

        Map<String, String> labels = Map.of("instance", "10.0.0.7:9100", "job", "node");
        assertThat(o.target().labels()).isEqualTo(labels);
        assertThat(o.target().id()).isEqualTo(TargetIds.of("prom-a", "node", "http://10.0.0.7:9100/metrics", labels));
        assertThat(o.target().job()).isEqualTo("node");
        assertThat(o.target().instance()).isEqualTo("10.0.0.7:9100");
        assertThat(o.target().pool()).isEqualTo("node");
        assertThat(o.reading()).isEqualTo(Reading.UP);
        assertThat(o.lastError()).isEmpty();
        assertThat(Instant.ofEpochMilli(o.lastScrapeMillis())).isEqualTo("2026-11-20T04:35:51.753Z");
        assertThat(o.lastScrapeDurationSeconds()).isEqualTo(0.25);
        assertThat(o.scrapeIntervalMillis()).isEqualTo(90_000);
        assertThat(o.scrapeTimeoutMillis()).isEqualTo(10_000);
    }

    @Test
    void secretsOfDiscoveryAndOfUrlsAreNotKept() throws AnswerRefused {
        Observation o = one("{'discoveredLabels':{'__param_token':'hunter2','x':'}\\\\\\'{','__meta':'{{'}," + LABELS
                + ",'scrapePool':'node','scrapeUrl':'http://u:hunter2@10.0.0.7:9100/m?token=hunter2&module=icmp',"
                + "'health':'up'}");

        assertThat(o.toString()).doesNotContain("hunter2").contains("module=icmp", "token=***");
    }

    @Test
    void aJobLabelThatIsMissingIsThePoolAndAnInstanceTheHost() throws AnswerRefused {
        Observation o = one("{'labels':{}," + WHERE + ",'health':'unknown'}");

        assertThat(o.target().job()).isEqualTo("node");
        assertThat(o.target().instance()).isEqualTo("10.0.0.7:9100");
        assertThat(o.reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(o.lastScrapeMillis()).isEqualTo(NEVER);
        assertThat(o.scrapeIntervalMillis()).isZero();
    }

    @Test
    void externalLabelsAreAddedAndTheSourcesOwnWins() throws AnswerRefused {
        PrometheusTargets targets =
                new PrometheusTargets(Fixtures.PROM, Map.of("zone", "a", "job", "no"), SourceLimits.DEFAULT);

        Observation o = Fixtures.decode(targets.decoder(), answer(GOOD).getBytes(StandardCharsets.UTF_8))
                .get(0);

        assertThat(o.target().labels()).isEqualTo(Map.of("instance", "10.0.0.7:9100", "job", "node", "zone", "a"));
        assertThat(o.target().id()).isEqualTo(one(GOOD).target().id());
    }

    @Test
    void fieldsMayComeInAnyOrderAndUnknownOnesArePassedOver() throws AnswerRefused {
        String data = "{'new':[[{'a':1}],{'health':'down'}],'activeTargets':[{'health':'down','x':{'labels':{'a':{}}},"
                + WHERE + "," + LABELS + "}],'more':3}";

        List<Observation> all = Fixtures.decode(json("{'warnings':['w'],'data':" + data + ",'status':'success'}"));

        assertThat(all).singleElement().extracting(Observation::reading).isEqualTo(Reading.DOWN);
        assertThat(all.get(0).target().id()).isEqualTo(one(GOOD).target().id());
    }

    @Test
    void targetsAreTheSameObjectsFromAnswerToAnswerInWhateverOrder() throws AnswerRefused {
        PrometheusTargets targets = Fixtures.targets();
        List<Observation> first = Fixtures.decode(targets.decoder(), TargetAnswers.answer(500, 1, 1), 1_000);

        List<Observation> second = Fixtures.decode(targets.decoder(), TargetAnswers.answer(500, 2, 2), 777);

        Map<String, Observation> byId =
                first.stream().collect(Collectors.toMap(o -> o.target().id(), o -> o));
        assertThat(second).hasSize(500).allSatisfy(o -> {
            Observation before = byId.get(o.target().id());
            assertThat(o.target()).isSameAs(before.target());
            assertThat(o.lastError()).isSameAs(before.lastError());
        });
        assertThat(targets.targetsKnown()).isEqualTo(500);
    }

    @Test
    void labelsInAnotherOrderAreTheSameTarget() throws AnswerRefused {
        PrometheusTargets targets = Fixtures.targets();
        String turned = GOOD.replace(LABELS, "'labels':{'job':'node','instance':'10.0.0.7:9100'}");

        Observation a = Fixtures.decode(targets.decoder(), answer(GOOD).getBytes(StandardCharsets.UTF_8))
                .get(0);
        Observation b = Fixtures.decode(targets.decoder(), answer(turned).getBytes(StandardCharsets.UTF_8))
                .get(0);

        assertThat(b.target()).isSameAs(a.target());
        assertThat(targets.targetsKnown()).isEqualTo(1);
    }

    @Test
    void whatIsNotNamedAnyMoreIsForgotten() throws AnswerRefused {
        PrometheusTargets targets = Fixtures.targets();
        Fixtures.decode(targets.decoder(), TargetAnswers.answer(5_000, 1, 1), 4_096);

        for (int i = 0; i < 5; i++) {
            Fixtures.decode(targets.decoder(), TargetAnswers.answer(10, i, i), 4_096);
        }

        assertThat(targets.targetsKnown()).isEqualTo(10);
    }

    @Test
    void anAnswerThatWasRefusedLeavesTheNextOnesAlone() throws AnswerRefused {
        PrometheusTargets targets = Fixtures.targets();
        byte[] body = TargetAnswers.answer(50, 1, 1);
        Set<Object> expected = new HashSet<>(Fixtures.decode(targets.decoder(), body));
        BodyDecoder<List<Observation>> torn = targets.decoder();
        torn.feed(body, 0, body.length / 2);
        assertThat(catchThrowableOfType(AnswerRefused.class, torn::finish)).isNotNull();
        targets.decoder().feed(body, 0, body.length / 3);

        List<Observation> next = Fixtures.decode(targets.decoder(), body);

        assertThat(next).hasSize(50);
        assertThat(new HashSet<Object>(next)).isEqualTo(expected);
    }

    @Test
    void everyChunkSizeGivesTheSame() throws AnswerRefused {
        byte[] body = Fixtures.bytes("prometheus-2.42/_health-mixed-tz-berlin.json");
        List<Observation> whole = Fixtures.decode(body);
        assertThat(whole).isNotEmpty();

        for (int chunk = 1; chunk < 200; chunk++) {
            assertThat(Fixtures.decode(Fixtures.targets().decoder(), body, chunk))
                    .as("chunks of %d", chunk)
                    .isEqualTo(whole);
        }
    }

    @Test
    void f07AnAnswerCutAtAnyByteIsRefused() {
        byte[] body = Fixtures.bytes("prometheus-3/k2-v6nobr-up.json");

        for (int length = 0; length < body.length; length++) {
            AnswerRefused refused = refusal(Arrays.copyOf(body, length));
            assertThat(refused.why()).as("cut at %d", length).isEqualTo(Why.MALFORMED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | MALFORMED | an empty body, wanted a JSON object",
                "`  ` | MALFORMED | an empty body, wanted a JSON object",
                "null | MALFORMED | got null, wanted a JSON object",
                "[] | MALFORMED | got a list, wanted a JSON object",
                "17 | MALFORMED | got a number, wanted a JSON object",
                "'x' | MALFORMED | got a text, wanted a JSON object",
                "{} | MALFORMED | targets: wanted status \"success\" or \"error\"; not a Prometheus?",
                "{'status':'success'} | MALFORMED | no data.activeTargets in the answer",
                "{'status':'success','data':null} | MALFORMED | no data.activeTargets in the answer",
                "{'status':'success','data':'x'} | MALFORMED | no data.activeTargets in the answer",
                "{'status':'success','data':[1,2]} | MALFORMED | no data.activeTargets in the answer",
                "{'status':'success','data':{'activeTargets':{}}} | MALFORMED | data.activeTargets: got an object, wanted a list",
                "{'status':'success','data':{'activeTargets':null}} | MALFORMED | data.activeTargets: got null, wanted a list",
                "{'status':'success','data':{'activeTargets':[3]}} | MALFORMED | data.activeTargets[0]: got a number, wanted an object; 1 of 1 targets are unreadable",
                "<html>no</html> | NOT_JSON | got text that begins with '<', a login page? wanted JSON",
                "Service Unavailable | NOT_JSON | got something that begins with 'S', wanted JSON",
            })
    void f08f09f10WhatIsNoTargetListIsRefusedInWords(String body, Why why, String detail) {
        AnswerRefused refused = refusal(json(body));

        assertThat(refused.why()).isEqualTo(why);
        assertThat(refused.getMessage()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'health':'up' | 'health':3 | health: got a number, wanted a text",
                "'health':'up' | 'x':3 | has no health",
                "'health':'up' | 'health':null | health: got null, wanted a text",
                "'labels':{'instance':'10.0.0.7:9100','job':'node'} | 'labels':[] | labels: got a list, wanted an object",
                "'job':'node' | 'job':{'a':[1]} | job: got an object, wanted a text",
                "'scrapeUrl':'http://10.0.0.7:9100/metrics' | 'y':1 | has no scrapeUrl",
                "'lastError':'' | 'lastError':[[]] | lastError: got a list, wanted a text",
            })
    void f09FewTargetsOfAWrongShapeAreLeftOutAndManyRefuseTheAnswer(String from, String to, String detail)
            throws AnswerRefused {
        String bad = GOOD.replace(from, to);
        String[] hundred = IntStream.range(0, 100)
                .mapToObj(i -> GOOD.replace("10.0.0.7", "10.0.0." + i))
                .toArray(String[]::new);
        PrometheusTargets targets = Fixtures.targets();
        hundred[41] = bad;

        List<Observation> all =
                Fixtures.decode(targets.decoder(), answer(hundred).getBytes(StandardCharsets.UTF_8));
        hundred[42] = bad;
        AnswerRefused refused = refusal(answer(hundred));

        assertThat(all).hasSize(99);
        assertThat(targets.targetsRefused()).isEqualTo(1);
        assertThat(refused.why()).isEqualTo(Why.MALFORMED);
        assertThat(refused.getMessage())
                .isEqualTo("data.activeTargets[41] " + detail + "; 2 of 100 targets are unreadable");
    }

    @Test
    void f11AnErrorOfTheApiIsToldRedacted() {
        AnswerRefused refused = refusal(
                json("{'status':'error','errorType':'internal','error':'at http://u:pw@h/?token=x\\nno','data':null}"));

        assertThat(refused.why()).isEqualTo(Why.API_ERROR);
        assertThat(refused.getMessage()).isEqualTo("targets: internal: at http://h/?token=*** no");
    }

    @Test
    void f20DeepNestingLongNamesAndLongNumbersAreALimit() {
        assertThat(refusal(json("{'x':" + "[".repeat(100_000))).why()).isEqualTo(Why.LIMIT);
        assertThat(refusal(json("{'" + "k".repeat(1 << 20) + "':1}")).why()).isEqualTo(Why.LIMIT);
        assertThat(refusal(json("{'x':" + "9".repeat(10_000) + "}")).why()).isEqualTo(Why.LIMIT);
        assertThat(refusal(json("{'x':0." + "9".repeat(10_000) + "}")).why()).isEqualTo(Why.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "\u20ac", "\ud83d\ude00", "\\n", "\\u20ac", "\\\""})
    void f20AnOverlongErrorTextIsCutWhileItStreams(String unit) throws AnswerRefused {
        String text = "Get " + unit.repeat(3_000_000 / unit.length());
        Observation o = Fixtures.decode(
                        Fixtures.targets().decoder(),
                        answer(GOOD.replace("'lastError':''", "'lastError':'" + text + "'"))
                                .getBytes(StandardCharsets.UTF_8),
                        16 << 10)
                .get(0);

        assertThat(o.lastError()).startsWith("Get ");
        assertThat(o.lastError().getBytes(StandardCharsets.UTF_8).length).isBetween(4_000, 4_096);
    }

    @Test
    void f21AKeyThatIsThereTwiceRefusesTheAnswer() {
        assertThat(refusal(answer(GOOD.replace("'health':'up'", "'health':'up','health':'down'")))
                        .getMessage())
                .isEqualTo("in data.activeTargets[0]: health is there twice");
        assertThat(refusal(answer(GOOD.replace("'job':'node'", "'job':'node','job':'x'")))
                        .getMessage())
                .isEqualTo("in data.activeTargets[0].labels: job is there twice");
        assertThat(refusal(json("{'status':'success','status':'error'}")).getMessage())
                .contains("status is there twice");
        assertThat(refusal(json("{'status':'success','data':{},'data':{}}")).getMessage())
                .contains("data is there twice");
        assertThat(refusal(json("{'status':'success','data':{'activeTargets':[],'activeTargets':[]}}"))
                        .getMessage())
                .contains("activeTargets is there twice");
    }

    @Test
    void f22InvalidUtf8RefusesTheAnswerAndStrangeCharactersDoNot() throws AnswerRefused {
        byte[] body = answer(GOOD.replace("node'}", "no#e'}")).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '#' ? (byte) 0xFF : body[i];
        }
        assertThat(refusal(body).why()).isEqualTo(Why.MALFORMED);

        Observation o = one(GOOD.replace("node'}", "a\\u0000\u2028\u202e\\ud800z'}"));

        assertThat(o.target().job()).isEqualTo("a\u0000\u2028\u202e\ud800z");
        assertThat(Fixtures.decode("\ufeff" + answer(GOOD))).hasSize(1);
    }

    @Test
    void f23WhatFollowsTheAnswerRefusesIt() {
        assertThat(refusal(answer(GOOD) + "x").why()).isEqualTo(Why.MALFORMED);
        assertThat(refusal(answer(GOOD) + answer(GOOD)).getMessage())
                .isEqualTo("more after the end of the JSON object");
        assertThat(refusal(answer(GOOD) + " \n 1 ").getMessage()).isEqualTo("more after the end of the JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'0001-01-01T00:00:00Z'",
                "'9999-12-31T23:59:59Z'",
                "''",
                "'NaN'",
                "1e30",
                "null",
                "{}",
                "'2026-13-20T04:35:51Z'",
                "'2026-11-20T04:35:51+99:99'",
                "'2026-11-20 04:35:51Z'",
                "'2026-11-20T04:35:51'"
            })
    void f24ATimeThatIsNoneIsNoEvidence(String time) throws AnswerRefused {
        Observation o = one(GOOD.replace("'2026-11-20T04:35:51.753627224Z'", time));

        assertThat(o.lastScrapeMillis()).isEqualTo(NEVER);
        assertThat(o.scraped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "Infinity", "-Infinity", "1e999", "'0.3'", "null", "'NaN'"})
    void f24ADurationThatIsNoneIsZero(String duration) throws AnswerRefused {
        assertThat(one(GOOD.replace("0.25", duration)).lastScrapeDurationSeconds())
                .isZero();
    }

    @Test
    void f25TheSameTargetTwiceIsTheWorseOneInWhateverOrder() throws AnswerRefused {
        String down = GOOD.replace("'up'", "'down'");
        String unknown = GOOD.replace("'up'", "'unknown'");
        String otherSecret = down.replace("/metrics'", "/metrics?token=b'");

        assertThat(one(GOOD + "," + down + "," + unknown).reading()).isEqualTo(Reading.DOWN);
        assertThat(one(unknown + "," + GOOD).reading()).isEqualTo(Reading.UNKNOWN);
        assertThat(one(GOOD.replace("/metrics'", "/metrics?token=a'") + "," + otherSecret)
                        .reading())
                .isEqualTo(Reading.DOWN);
        assertThat(Fixtures.decode(answer(GOOD, GOOD.replace("'node','scrapeUrl", "'other','scrapeUrl"))))
                .hasSize(2);
        PrometheusTargets targets = Fixtures.targets();
        Fixtures.decode(targets.decoder(), answer(GOOD, GOOD, down).getBytes(StandardCharsets.UTF_8));
        assertThat(targets.targetsMerged()).isEqualTo(2);
    }

    @Test
    void f26TooManyTargetsAreALimit() throws AnswerRefused {
        SourceLimits few = new SourceLimits(1 << 20, 10, 4 << 10);
        PrometheusTargets targets = new PrometheusTargets(Fixtures.PROM, Map.of(), few);

        assertThat(Fixtures.decode(targets.decoder(), TargetAnswers.answer(10, 1, 1)))
                .hasSize(10);
        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class, () -> Fixtures.decode(targets.decoder(), TargetAnswers.answer(11, 1, 1)));
        assertThat(refused.why()).isEqualTo(Why.LIMIT);
        assertThat(refused.getMessage()).isEqualTo("more than 10 targets");
    }

    @Test
    void f26AnOverlongIdentityIsRefusedForThatTargetAlone() throws AnswerRefused {
        String manyLabels =
                IntStream.range(0, 10_000).mapToObj(i -> "'l" + i + "':'x'").collect(Collectors.joining(","));
        PrometheusTargets targets = Fixtures.targets();

        List<Observation> all = Fixtures.decode(
                targets.decoder(),
                answer(
                                GOOD,
                                GOOD.replace("'node'}", "'" + "v".repeat(64 << 10) + "'}"),
                                GOOD.replace("'node'}", "'" + "v".repeat(4_097) + "'}"),
                                GOOD.replace("'job':'node'}", manyLabels + "}"),
                                GOOD.replace("/metrics", "/" + "m".repeat(9_000)))
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(all).hasSize(1);
        assertThat(targets.targetsRefused()).isEqualTo(4);
        assertThat(refusal(answer(GOOD.replace("'node'}", "'" + "v".repeat(4_097) + "'}")))
                        .why())
                .isEqualTo(Why.LIMIT);
    }

    @Test
    void f26ABodyOverTheLimitIsRefused() {
        PrometheusTargets targets =
                new PrometheusTargets(Fixtures.PROM, Map.of(), new SourceLimits(1_000, 10, 4 << 10));

        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class, () -> Fixtures.decode(targets.decoder(), TargetAnswers.answer(5, 1, 1), 100));

        assertThat(refused.why()).isEqualTo(Why.LIMIT);
    }

    @Test
    void inventedIdentitiesOfRefusedAnswersDoNotPileUp() {
        PrometheusTargets targets =
                new PrometheusTargets(Fixtures.PROM, Map.of(), new SourceLimits(1 << 30, 3_000, 4 << 10));

        for (int i = 0; i < 20; i++) {
            String pool = "pool-" + i;
            byte[] body = new String(TargetAnswers.answer(3_001, i, i), StandardCharsets.UTF_8)
                    .replace("serviceMonitor", pool)
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(catchThrowableOfType(AnswerRefused.class, () -> Fixtures.decode(targets.decoder(), body)))
                    .isNotNull();
        }

        targets.decoder();

        assertThat(targets.targetsKnown()).isLessThan(3_000);
    }
}
