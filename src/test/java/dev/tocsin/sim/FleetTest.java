package dev.tocsin.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Observation;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.Sickness;
import dev.tocsin.scenario.TargetRef;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.PrometheusAnswers;
import dev.tocsin.source.PrometheusTargets;
import dev.tocsin.source.RuntimeFacts;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SourceLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fleet in virtual time: its answers as the product's decoders read them, and in the forms of a real server. */
final class FleetTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL = Path.of("src/test/resources/prometheus-3");
    private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    private static final JobRef API = new JobRef("eu", "api");
    private static final JobRef NODE = new JobRef("eu", "node");
    private static final List<String> PROMS = List.of("prom-a");

    private final Fleet fleet = new Fleet(setting(), 7, START);
    private long now = START;

    private static Setting setting() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("prom-a", "eu");
        sources.put("prom-b", "eu");
        Map<JobRef, List<String>> jobs = new LinkedHashMap<>();
        jobs.put(NODE, List.of("10.0.0.1:9100", "10.0.0.2:9100", "10.0.0.3:9100", "10.0.0.4:9100", "10.0.0.5:9100"));
        jobs.put(API, List.of("10.0.0.1:8080", "10.0.0.2:8080"));
        Setting.Scrape scrape = new Setting.Scrape(Duration.ofSeconds(15), Duration.ofSeconds(10));
        return new Setting(sources, jobs, scrape, Map.of(), Duration.ofSeconds(5), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/targets,           state=active, _api-targets-active@3.14.json",
        "/api/v1/targets,           '',           _api-targets-full@3.14.json",
        "/api/v1/targets,           state=bogus,  _api-targets-state-bogus@3.14.json",
        "/api/v1/scrape_pools,      '',           _api-scrape_pools@3.14.json",
        "/api/v1/status/runtimeinfo,'',           _api-runtimeinfo@3.14.json",
        "/api/v1/status/buildinfo,  '',           _api-buildinfo@3.14.json",
        "/api/v1/status/walreplay,  '',           _api-walreplay@3.14.json",
        "/api/v1/query,             query=up,     _api-query-up@3.14.json"
    })
    void anAnswerHasTheFormOfARealServers(String path, String query, String real) throws IOException {
        fleet.perform(new Command.Dropped(PROMS, API, 3), now);
        pass(20);

        JsonNode ours = JSON.readTree(answer(path, query).body());

        assertThat(shape(ours)).isEqualTo(shape(JSON.readTree(Files.readString(REAL.resolve(real)))));
    }

    @ParameterizedTest
    @CsvSource({
        "/-/ready,                 _api-ready@3.14.txt",
        "/-/healthy,               _api-healthy@3.14.txt",
        "/api/v1/sd_targets,       _api-sd_targets@3.14.txt"
    })
    void aTextIsThatOfARealServer(String path, String real) throws IOException {
        assertThat(answer(path, "").body()).isEqualTo(Files.readString(REAL.resolve(real)));
    }

    /* Names in their order and types, and of lists the first element; texts that are keys of the fixture's own are none. */
    private static Object shape(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> shape = new LinkedHashMap<>();
            boolean own = node.has("__address__") || node.has("instance") || node.has("ok") || node.has("api");
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                boolean fixed = !own
                        || field.getKey().startsWith("__")
                        || field.getKey().matches("job|instance");
                if (fixed) {
                    shape.put(field.getKey(), shape(field.getValue()));
                }
            }
            return List.copyOf(shape.entrySet());
        } else if (node.isArray()) {
            return node.isEmpty() ? "a list" : List.of("a list", shape(node.get(0)));
        }
        return node.isNumber() ? "NUMBER" : node.getNodeType().toString();
    }

    @Test
    void beforeItsFirstScrapeATargetIsUnknown() throws AnswerRefused {
        List<Observation> list = targets();

        assertThat(list).hasSize(7);
        assertThat(list).allMatch(target -> target.reading() == Observation.Reading.UNKNOWN);
        assertThat(list).allMatch(target -> target.lastScrapeMillis() == Observation.NEVER);
    }

    @Test
    void eachTargetIsScrapedAtAMomentOfItsOwnOncePerInterval() throws AnswerRefused {
        pass(16);
        Map<String, Long> first = scrapes();
        pass(15);

        assertThat(new HashSet<>(first.values())).hasSizeGreaterThan(5);
        assertThat(first.values()).allMatch(at -> at >= START && at < START + 15_000);
        scrapes().forEach((instance, at) -> assertThat(at - first.get(instance)).isEqualTo(15_000));
    }

    @Test
    void aListHasAnotherOrderEachTimeAndItsPoolsStayTogether() throws AnswerRefused {
        pass(20);
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            List<String> order =
                    targets().stream().map(each -> each.target().instance()).toList();
            assertThat(order.subList(0, 2)).allMatch(instance -> instance.endsWith(":8080"));
            orders.add(order);
        }

        assertThat(orders).hasSizeGreaterThan(5);
    }

    @Test
    void aRefusalIsReadAsOne() throws AnswerRefused {
        fleet.perform(new Command.Fail(List.of(target(API, "10.0.0.2:8080")), List.of()), now);
        pass(20);

        List<Observation> down = targets().stream()
                .filter(target -> target.reading() == Observation.Reading.DOWN)
                .toList();

        assertThat(down).singleElement().satisfies(target -> {
            assertThat(target.lastError())
                    .isEqualTo(
                            "Get \"http://10.0.0.2:8080/metrics\": dial tcp 10.0.0.2:8080: connect: connection refused");
            assertThat(kind(target).subCause()).isEqualTo("connection_refused");
        });
    }

    @Test
    void aTextNamesItsOwnTarget() throws AnswerRefused {
        String text = "Get \"{url}\": dial tcp {address}: connect: no route to host";
        fleet.perform(new Command.Fail(List.of(target(NODE, "10.0.0.4:9100")), List.of(text)), now);
        pass(20);

        assertThat(targets())
                .extracting(Observation::lastError)
                .contains("Get \"http://10.0.0.4:9100/metrics\": dial tcp 10.0.0.4:9100: connect: no route to host");
    }

    @Test
    void aScrapeThatHangsLeavesWhatWasKnown() throws AnswerRefused {
        pass(20);
        Map<String, Long> before = scrapes();
        fleet.perform(new Command.Hang(List.of(target(API, "10.0.0.1:8080"))), now);
        pass(60);

        assertThat(scrapes().get("10.0.0.1:8080")).isEqualTo(before.get("10.0.0.1:8080"));
        assertThat(scrapes().get("10.0.0.2:8080")).isGreaterThan(before.get("10.0.0.2:8080"));
    }

    @Test
    void onlyTheServerThatIsCutOffFailsToReachATarget() throws AnswerRefused {
        fleet.perform(new Command.Cut(List.of("prom-b"), List.of(target(API, "10.0.0.1:8080"))), now);
        pass(20);

        assertThat(targets()).allMatch(target -> target.reading() == Observation.Reading.UP);
        assertThat(answer("prom-b", "/api/v1/query", "query=up == 0").body()).contains("10.0.0.1:8080");
    }

    @Test
    void aRestartShowsEmptyListsForFiveSecondsAndThenUnscrapedTargets() throws AnswerRefused {
        pass(60);
        Instant before = runtime().startTime();
        fleet.perform(new Command.Restart(PROMS), now);

        pass(4);
        assertThat(targets()).isEmpty();
        assertThat(decoded(PrometheusAnswers.scrapePools(), "/api/v1/scrape_pools"))
                .isEmpty();
        assertThat(runtime().startTime()).isAfter(before);
        pass(1);
        assertThat(targets()).hasSize(7).allMatch(target -> target.reading() == Observation.Reading.UNKNOWN);
        pass(16);
        assertThat(targets()).hasSize(7).allMatch(target -> target.reading() == Observation.Reading.UP);
    }

    @Test
    void aReplayAnswersNothingButHowFarItIs() throws AnswerRefused {
        fleet.perform(new Command.Sick(PROMS, Sickness.STARTING), now);
        pass(12);

        assertThat(answer("/api/v1/targets", "").status()).isEqualTo(503);
        assertThat(answer("/-/ready", "").headers()).containsEntry("X-Prometheus-Stopping", "false");
        assertThat(answer("/-/healthy", "").status()).isEqualTo(200);
        assertThat(decoded(PrometheusAnswers.walReplay(), "/api/v1/status/walreplay")
                        .current())
                .isEqualTo(12);
    }

    @Test
    void aReloadStallsTheListAndNothingElse() {
        fleet.perform(new Command.Sick(PROMS, Sickness.RELOADING), now);

        assertThat(reply("prom-a", "/api/v1/targets", "")).isInstanceOf(Reply.NotYet.class);
        assertThat(reply("prom-a", "/api/v1/status/runtimeinfo", "")).isInstanceOf(Reply.NotYet.class);
        assertThat(answer("/-/ready", "").status()).isEqualTo(200);
        assertThat(answer("/api/v1/status/buildinfo", "").status()).isEqualTo(200);
    }

    @Test
    void aClockThatIsWrongIsWrongEverywhereButInWhatItSaidBefore() throws AnswerRefused {
        Instant started = runtime().startTime();
        fleet.perform(new Command.Clock(PROMS, Duration.ofMinutes(10)), now);
        pass(20);

        assertThat(scrapes().values()).allMatch(at -> at >= START + 600_000);
        assertThat(runtime().serverTime()).isEqualTo(Instant.ofEpochMilli(now + 600_000));
        assertThat(runtime().startTime()).isEqualTo(started);
    }

    @Test
    void aFrozenServerAnswersAndScrapesNothing() throws AnswerRefused {
        pass(20);
        Map<String, Long> before = scrapes();
        fleet.perform(new Command.Sick(PROMS, Sickness.FROZEN), now);
        pass(60);

        assertThat(scrapes()).isEqualTo(before);
    }

    @Test
    void itsMetricsTellAFailedReload() {
        fleet.perform(new Command.Sick(PROMS, Sickness.MISCONFIGURED), now);
        pass(1);

        assertThat(answer("/metrics", "").body())
                .contains("\nprometheus_config_last_reload_successful 0\n")
                .contains("\nprometheus_target_sync_failed_total{scrape_job=\"api\"} 0\n")
                .contains("\nprometheus_notifications_queue_capacity 10000\n");
    }

    @Test
    void droppedTargetsAreCountedForAQuestionThatListsNone() throws AnswerRefused {
        fleet.perform(new Command.Dropped(PROMS, API, 40), now);
        pass(1);

        String query = "state=dropped&scrapePool=tocsin-asks-for-no-pool";
        assertThat(decoded(PrometheusAnswers.droppedCounts(), "/api/v1/targets", query)
                        .byPool())
                .isEqualTo(Map.of("api", 40, "node", 0));
        assertThat(answer("/api/v1/targets", query).body()).contains("\"droppedTargets\":[]");
    }

    private void pass(int seconds) {
        now += 1_000L * seconds;
        fleet.servers().forEach(server -> server.pass(now));
    }

    private static TargetRef target(JobRef job, String instance) {
        return new TargetRef(job, instance);
    }

    private static CauseKind kind(Observation target) {
        return ScrapeErrors.load().read(target.lastError()).kind();
    }

    private Map<String, Long> scrapes() throws AnswerRefused {
        Map<String, Long> scrapes = new LinkedHashMap<>();
        targets().forEach(target -> scrapes.put(target.target().instance(), target.lastScrapeMillis()));
        return scrapes;
    }

    private List<Observation> targets() throws AnswerRefused {
        Source source = new Source("prom-a", "eu", SourceKind.PROMETHEUS);
        BodyDecoder<List<Observation>> decoder =
                new PrometheusTargets(source, Map.of(), SourceLimits.DEFAULT).decoder();
        return decoded(decoder, "/api/v1/targets", "state=active");
    }

    private RuntimeFacts runtime() throws AnswerRefused {
        return decoded(PrometheusAnswers.runtimeInfo(), "/api/v1/status/runtimeinfo");
    }

    private <T> T decoded(BodyDecoder<T> decoder, String path) throws AnswerRefused {
        return decoded(decoder, path, "");
    }

    private <T> T decoded(BodyDecoder<T> decoder, String path, String query) throws AnswerRefused {
        byte[] body = answer(path, query).body().getBytes(StandardCharsets.UTF_8);
        decoder.feed(body, 0, body.length);
        return decoder.finish();
    }

    private Reply.Answer answer(String path, String query) {
        return answer("prom-a", path, query);
    }

    private Reply.Answer answer(String server, String path, String query) {
        return (Reply.Answer) reply(server, path, query);
    }

    private Reply reply(String name, String path, String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] both = pair.split("=", 2);
            parameters.put(both[0], both[1]);
        }
        return fleet.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow()
                .answer(new Asked(path, parameters), now);
    }
}
