package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one look asks besides the targets: the answers of real servers, and hostile ones. */
class ServerLookTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SelfMetrics metrics(String page) throws AnswerRefused {
        return Fixtures.decode(PrometheusAnswers.metrics(name -> true), bytes(page), 3);
    }

    @Test
    void theVersionIsThatOfItsBuild() throws AnswerRefused {
        assertThat(Fixtures.decode(
                        PrometheusAnswers.version(), Fixtures.bytes("prometheus-2.42/_api-status-buildinfo.json")))
                .isEqualTo("2.42.0+ds");
        assertThat(Fixtures.decode(
                        PrometheusAnswers.version(), Fixtures.bytes("prometheus-3/_api-buildinfo@3.14.json")))
                .startsWith("3.14");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus-2.42/_api-status-config.json",
                "prometheus-3/_api-config.json",
                "prometheus-3/_api-config@3.14.json"
            })
    void theConfigurationNamesItsJobs(String file) throws AnswerRefused {
        List<String> jobs = Fixtures.decode(PrometheusAnswers.configuredJobs(), Fixtures.bytes(file), 1_000);

        assertThat(jobs).isNotEmpty().doesNotHaveDuplicates();
        assertThat(new String(Fixtures.bytes(file), StandardCharsets.UTF_8).split("- job_name: "))
                .hasSize(jobs.size() + 1);
    }

    @Test
    void aConfigurationThatIsNoneIsRefused() {
        String deep = "a: " + "[".repeat(1_000) + "]".repeat(1_000);

        assertThat(refusal(PrometheusAnswers.configuredJobs(), config("scrape_configs: [")))
                .isEqualTo(Why.MALFORMED);
        assertThat(refusal(PrometheusAnswers.configuredJobs(), config(deep))).isEqualTo(Why.LIMIT);
        assertThat(refusal(PrometheusAnswers.configuredJobs(), "{\"status\":\"success\",\"data\":{}}"))
                .isEqualTo(Why.MALFORMED);
    }

    @Test
    void jobsAreFoundWhereverTheyStandAndNowhereElse() throws AnswerRefused {
        String yaml = "global: {job_name: no}\\nscrape_configs:\\n- {params: {job_name: [no]}, job_name: 'a: b'}\\n"
                + "- job_name: c\\n  static_configs: [{targets: [x], labels: {job_name: no}}]\\nother: [job_name, no]";

        assertThat(Fixtures.decode(PrometheusAnswers.configuredJobs(), bytes(config(yaml))))
                .containsExactly("a: b", "c");
    }

    private static String config(String yaml) {
        return "{\"status\":\"success\",\"data\":{\"yaml\":\"" + yaml + "\"}}";
    }

    @Test
    void aVectorHasLabelsAndNumbers() throws AnswerRefused {
        QueryResult up = Fixtures.decode(
                PrometheusAnswers.vector(), Fixtures.bytes("prometheus-2.42/_api-query-up-eq-0.json"), 11);
        QueryResult odd = Fixtures.decode(
                PrometheusAnswers.vector(),
                bytes("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                        + "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"value\":[1.5,\"NaN\"]},"
                        + "{\"metric\":{},\"value\":[1.5,\"+Inf\"]}]}}"));

        assertThat(up.samples())
                .isNotEmpty()
                .allMatch(sample -> sample.value() == 0 && !sample.label("job").isEmpty());
        assertThat(up.total()).isEqualTo(up.samples().size());
        assertThat(odd.samples().get(0)).isEqualTo(new Sample(Map.of("job", "a"), Double.NaN));
        assertThat(odd.samples().get(1).value()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus-2.42/_api-query-up-matrix.json",
                "prometheus-2.42/_api-query-scalar-inf.json",
                "prometheus-2.42/_api-query-error-422-execution.json"
            })
    void whatIsNoVectorIsRefused(String file) {
        assertThat(catchThrowableOfType(
                        AnswerRefused.class, () -> Fixtures.decode(PrometheusAnswers.vector(), Fixtures.bytes(file))))
                .isNotNull();
    }

    @Test
    void aRealPageOfMetricsIsRead() throws AnswerRefused {
        SelfMetrics page = Fixtures.decode(
                PrometheusAnswers.metrics(name -> name.startsWith("prometheus_") || name.startsWith("process_")),
                Fixtures.bytes("prometheus-2.42/_metrics.txt"),
                13);

        assertThat(page.value("process_max_fds")).hasValue(20_000);
        assertThat(page.value("process_start_time_seconds"))
                .hasValueCloseTo(1.79582893337e9, org.assertj.core.data.Offset.offset(0.001));
        assertThat(page.of("prometheus_sd_discovered_targets"))
                .contains(new Sample(Map.of("config", "dropped", "name", "scrape"), 2));
        assertThat(page.of("go_info")).isEmpty();
    }

    @Test
    void labelsAreReadAsTheyAreEscaped() throws AnswerRefused {
        SelfMetrics page =
                metrics("# HELP m x\n# TYPE m counter\nm{a=\"x\\\"y\\\\z\\n}\",b=\"\",} 1e+03 1700000000\nn 7\n");

        assertThat(page.of("m")).containsExactly(new Sample(Map.of("a", "x\"y\\z\n}", "b", ""), 1000));
        assertThat(page.value("n")).hasValue(7);
        assertThat(page.positive("m", "a")).containsOnlyKeys("x\"y\\z\n}");
    }

    @Test
    void brokenAndOverlongLinesSayNothing() throws AnswerRefused {
        SelfMetrics page = metrics(
                "m{a=\"b 1\nm{a 1\nm{a=\"b\"\nm x\nm 0x1p3\nm 1d\n" + "m{a=\"" + "x".repeat(10_000) + "\"} 1\nm 5");

        assertThat(page.of("m")).containsExactly(new Sample(Map.of(), 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only comments\n", "<html>login</html>\n", "Service Unavailable\n"})
    void whatIsNoPageOfMetricsIsRefused(String page) {
        assertThat(refusal(PrometheusAnswers.metrics(name -> false), page)).isEqualTo(Why.MALFORMED);
    }

    @Test
    void anEndlessPageIsRefused() {
        assertThat(refusal(PrometheusAnswers.metrics(name -> true), "m 1\n".repeat(50_001)))
                .isEqualTo(Why.LIMIT);
    }

    @Test
    void namesOfJobsAreNoPartOfTheQuery() {
        Map<String, Integer> jobs = new LinkedHashMap<>();
        jobs.put("a\"} or vector(1) #", 1);
        jobs.put("b.*|c\\", 2);

        String query = PrometheusQueries.lastUp(jobs).promql();

        assertThat(query)
                .isEqualTo(("max_over_time((timestamp(up{job=~\"J\"}) and up{job=~\"J\"} == 1)[300s:15s])"
                                + " or max_over_time((timestamp(up{job=~\"J\"}) and up{job=~\"J\"} == 1)[7200s:60s])"
                                + " or (max_over_time(up{job=~\"J\"}[7200s]) - 1) * count_over_time(up{job=~\"J\"}[7200s])")
                        .replace(
                                "J",
                                "a\\\\\\\"\\\\}\\\\ or\\\\ vector\\\\(1\\\\)\\\\ \\\\#|b\\\\.\\\\*\\\\|c\\\\\\\\"));
    }

    @Test
    void theSinceOfManyIsCoarseAndThatOfTooManyIsLeftOut() {
        PrometheusQueries.LastUpQuery few = PrometheusQueries.lastUp(Map.of("a", 2_000));
        PrometheusQueries.LastUpQuery many = PrometheusQueries.lastUp(Map.of("a", 2_001));
        PrometheusQueries.LastUpQuery tooMany = PrometheusQueries.lastUp(Map.of("a", 10, "b", 30_000));

        assertThat(few.step()).isEqualTo(Duration.ofMinutes(1));
        assertThat(many.step()).isEqualTo(Duration.ofMinutes(5));
        assertThat(tooMany.promql()).contains("job=~\"a\"").doesNotContain("b\"");
        assertThat(tooMany.step()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whyThereIsNoAnswerIsSaidForPeople() {
        assertThat(ServerLook.whyNot(null)).isEqualTo("there was no time left to ask");
        assertThat(ServerLook.whyNot(new Exchange.Failed<>(Why.TIMEOUT, "no answer within 5 ms")))
                .isEqualTo("no answer within 5 ms");
        assertThat(ServerLook.whyNot(new Exchange.Refused<>(404, false, null, "text/plain", "404 page not found")))
                .startsWith("HTTP 404");
    }

    private static Why refusal(BodyDecoder<?> decoder, String body) {
        return catchThrowableOfType(AnswerRefused.class, () -> Fixtures.decode(decoder, bytes(body)))
                .why();
    }
}
