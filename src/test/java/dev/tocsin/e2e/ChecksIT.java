package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.source.ErrorRule;
import dev.tocsin.source.KnownOfTarget;
import dev.tocsin.source.ScrapeErrors;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we tell people to run, given to those who run it: bash and Prometheus. */
final class ChecksIT {
    private static final String QUERY = "PromQL: ";
    private static final List<ErrorRule> RULES = ScrapeErrors.load().rules();

    /** As odd as values may be and still be filled in. */
    private static final KnownOfTarget ODD = new KnownOfTarget(
            "http://[::1]:9100/$(reboot);reboot&reboot?a[]=*&b=(1)!x#~",
            "a\"} or vector(1) # \\",
            "日本 'x' {y}",
            "ns/mon_1.x:0");

    private static final Pattern METRIC = Pattern.compile("\\b(prometheus|net_conntrack|process)_[a-z_]+");
    private static final String SINCE_2_45 = "prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total";

    @TempDir
    Path folder;

    @Test
    void bashReadsEveryCommand() {
        String script = Stream.concat(commands(KnownOfTarget.NOTHING), commands(ODD))
                .distinct()
                .collect(Collectors.joining("\n"));

        Command parsed = Command.of(List.of("bash", "--norc", "-n", "-c", script));

        assertThat(script.lines()).hasSizeGreaterThan(100);
        assertThat(parsed).isEqualTo(new Command(0, ""));
    }

    @Test
    void bashReadsAUrlAsOneWordAndRunsNothingOfIt() {
        ErrorRule one = RULES.stream()
                .filter(rule -> rule.kind().subCause().equals("redirect_not_followed"))
                .findFirst()
                .orElseThrow();
        String command = one.check(ODD).replace("on the Prometheus host: curl ", "printf '<%s>' ");

        Command ran = Command.of(List.of("bash", "--norc", "-c", command));

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).endsWith("<" + ODD.url() + ">");
    }

    @Test
    void aRealPrometheusUnderstandsEveryQueryAndHasItsMetrics() throws Exception {
        try (RealPrometheus server =
                new RealPrometheus("prom-a", 0, folder).job("node", "static_configs: [{targets: ['127.0.0.1:1']}]")) {
            server.start();
            for (String query : queries()) {
                String answer =
                        get(server.url() + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
                assertThat(new ObjectMapper().readTree(answer).path("status").asText())
                        .as(query + "\n" + answer)
                        .isEqualTo("success");
            }
            /* Those of pools come with the first targets, some seconds after the start. */
            Awaitility.await("all metrics").atMost(ofSeconds(20)).untilAsserted(() -> {
                String metrics = get(server.url() + "/metrics");
                assertThat(names()).allMatch(name -> metrics.contains("\n" + name), "is a metric of the server");
            });
        }
    }

    private static Set<String> names() {
        Set<String> names = queries().stream()
                .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).hasSizeGreaterThan(10);
        names.remove(SINCE_2_45);
        return names;
    }

    private static Stream<String> commands(KnownOfTarget known) {
        return RULES.stream()
                .flatMap(rule -> rule.check(known).lines())
                .filter(step -> !step.startsWith(QUERY))
                .map(step -> step.substring(step.indexOf(": ") + 2));
    }

    private static Set<String> queries() {
        return Stream.of(KnownOfTarget.NOTHING, ODD)
                .flatMap(known ->
                        RULES.stream().flatMap(rule -> rule.check(known).lines()))
                .filter(step -> step.startsWith(QUERY))
                .map(step -> step.substring(QUERY.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }
}
