package dev.tocsin.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.Sickness;
import dev.tocsin.scenario.TargetRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two Traefiks of a fleet in virtual time: what they say when, as real ones were measured (facts/traefik.md). */
final class TraefikFleetTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL = Path.of("src/test/resources/traefik/v3.7.9");
    private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    private static final JobRef API = new JobRef("eu", "api");
    private static final JobRef SERVED = new JobRef("eu", "api@file");
    private static final JobRef LEGACY = new JobRef("eu", "legacy@file");
    private static final List<String> EDGE_1 = List.of("edge-1");
    private static final String SERVICES = "/api/http/services";

    private final Fleet fleet = new Fleet(setting(), 7, START);
    private long now = START;

    private static Setting setting() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("edge-1", "eu");
        sources.put("edge-2", "eu");
        Map<JobRef, Setting.Service> services = new LinkedHashMap<>();
        Setting.Check check = new Setting.Check(Duration.ofSeconds(5), Duration.ofSeconds(2));
        services.put(SERVED, new Setting.Service(API, Optional.empty(), Optional.of(check)));
        services.put(LEGACY, new Setting.Service(API, Optional.of(8080), Optional.empty()));
        return new Setting(
                sources,
                Set.of("edge-1", "edge-2"),
                Map.of(
                        API,
                        IntStream.rangeClosed(1, 4)
                                .mapToObj(i -> "api-" + i + ":9100")
                                .toList()),
                services,
                new Setting.Scrape(Duration.ofSeconds(15), Duration.ofSeconds(10)),
                Map.of(),
                Duration.ofSeconds(5),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/version,          rich/version.json",
        "/api/overview,         rich/overview.json",
        "/api/http/services,    scenarios/reload-reset/t000.http-services.json",
        "/api/http/routers,     scenarios/broken-reload/t000.http-routers.json"
    })
    void anAnswerHasTheFormOfARealTraefiks(String path, String real) throws IOException {
        JsonNode ours = JSON.readTree(answer(path).body());

        assertThat(shapes(ours)).isEqualTo(shapes(JSON.readTree(Files.readString(REAL.resolve(real)))));
    }

    /* Names in their order and types. Of lists each element that differs; texts that are keys of the fixture's own are none. */
    private static Object shapes(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> shape = new LinkedHashMap<>();
            node.properties()
                    .forEach(field -> shape.put(
                            field.getKey().startsWith("http://") ? "URL" : field.getKey(), shapes(field.getValue())));
            return List.copyOf(shape.entrySet());
        } else if (node.isArray()) {
            List<Object> shapes = new java.util.ArrayList<>();
            node.forEach(each -> shapes.add(shapes(each)));
            return Set.copyOf(shapes);
        }
        return node.isNumber() ? "NUMBER" : node.getNodeType().toString();
    }

    @Test
    void itsMetricsAreThoseOfARealTraefik() throws IOException {
        String real = Files.readString(REAL.resolve("rich/metrics.txt"));

        assertThat(answer("/metrics").body().lines().filter(line -> line.startsWith("#")))
                .isNotEmpty()
                .allMatch(real::contains);
        assertThat(answer("/metrics").body())
                .contains("\ntraefik_config_reloads_total 1\n")
                .contains("\ntraefik_service_server_up{service=\"api@file\",url=\"http://api-1:9100\"} 1\n")
                .doesNotContain("legacy@file");
    }

    @Test
    void aServerThatIsGoneIsDownAtTheNextCheckOfEachTraefikByItsOwnClock() throws IOException {
        fleet.perform(new Command.Fail(List.of(served(3)), List.of()), now);

        long first = downAfter("edge-1", 3);
        long second = downAfter("edge-2", 3);

        assertThat(List.of(first, second)).allMatch(millis -> millis > 0 && millis <= 5_100);
        assertThat(second).isNotEqualTo(first);
        assertThat(gauge("edge-1", 3)).contains("0");
    }

    @Test
    void aServerThatHangsIsDownWhenItsTimeIsUpAndKeepsTheOthersWaiting() throws IOException {
        for (int i = 1; i <= 3; i++) {
            fleet.perform(new Command.Hang(List.of(served(i))), now);
        }
        fleet.perform(new Command.Fail(List.of(served(4)), List.of()), now);
        fleet.perform(new Command.Reload(EDGE_1), now);

        assertThat(downAfter("edge-1", 1)).isBetween(7_000L, 7_100L);
        assertThat(downAfter("edge-1", 2)).isBetween(9_000L, 9_100L);
        assertThat(downAfter("edge-1", 4)).as("after three that hang").isBetween(11_000L, 11_100L);
    }

    @Test
    void aReloadMakesAllUpUntilOneIntervalLaterAndLeavesTheGauges() throws IOException {
        fleet.perform(new Command.Fail(List.of(served(3)), List.of()), now);
        pass(10_000);
        assertThat(status("edge-1", 3)).isEqualTo("DOWN");

        fleet.perform(new Command.Reload(EDGE_1), now);

        pass(4_900);
        assertThat(status("edge-1", 3)).isEqualTo("UP");
        assertThat(gauge("edge-1", 3)).contains("0");
        assertThat(status("edge-2", 3)).as("its twin").isEqualTo("DOWN");
        assertThat(answer("/metrics").body()).contains("\ntraefik_config_reloads_total 2\n");
        pass(200);
        assertThat(status("edge-1", 3)).isEqualTo("DOWN");
    }

    @Test
    void reloadsFasterThanTheIntervalStarveTheChecks() throws IOException {
        fleet.perform(new Command.Fail(List.of(served(3)), List.of()), now);
        for (int i = 0; i < 20; i++) {
            fleet.perform(new Command.Reload(EDGE_1), now);
            pass(4_000);
            assertThat(status("edge-1", 3)).isEqualTo("UP");
        }
        assertThat(gauge("edge-1", 3)).contains("1");
    }

    @Test
    void aRestartForgetsTheGaugesAndHasAnotherStart() throws IOException {
        String before = answer("/api/version").body();

        fleet.perform(new Command.Restart(EDGE_1), now);

        assertThat(answer("/api/version").body())
                .isNotEqualTo(before)
                .contains("\"startDate\":\"2026-11-20T10:00:00Z\"");
        assertThat(gauge("edge-1", 3)).isEmpty();
        pass(5_200);
        assertThat(gauge("edge-1", 3)).contains("1");
    }

    @Test
    void aServiceThatNobodyChecksIsUpForEverAndHasNoGauge() throws IOException {
        fleet.perform(new Command.Fail(List.of(new TargetRef(LEGACY, "api-3:8080")), List.of()), now);
        pass(60_000);

        assertThat(status("edge-1", LEGACY, "api-3:8080")).isEqualTo("UP");
        assertThat(answer("/metrics").body()).doesNotContain("8080");
    }

    @Test
    void oneThatIsCutOffFromAServerSeesItDownAlone() throws IOException {
        fleet.perform(new Command.Cut(EDGE_1, List.of(served(3))), now);
        pass(6_000);

        assertThat(status("edge-1", 3)).isEqualTo("DOWN");
        assertThat(status("edge-2", 3)).isEqualTo("UP");
    }

    @Test
    void anAppMayBeSickWhileItsExporterIsWellAndTheOtherWayRound() throws IOException {
        fleet.perform(new Command.Fail(List.of(served(1)), List.of("HTTP 500")), now);
        fleet.perform(new Command.Fail(List.of(new TargetRef(API, "api-2:9100")), List.of("HTTP 500")), now);
        pass(6_000);

        assertThat(status("edge-1", 1)).isEqualTo("DOWN");
        assertThat(status("edge-1", 2)).isEqualTo("UP");
    }

    @Test
    void anEmptyConfigurationLeavesItsOwnServicesAlone() throws IOException {
        fleet.perform(new Command.Empty(EDGE_1), now);

        assertThat(answer(SERVICES).body()).doesNotContain("@file").contains("api@internal");
        assertThat(answer("/api/http/routers").body()).doesNotContain("@file");

        fleet.perform(new Command.Refill(EDGE_1), now);

        assertThat(answer(SERVICES).body()).contains("api@file");
        assertThat(answer("/metrics").body()).contains("\ntraefik_config_reloads_total 3\n");
    }

    @Test
    void whatHasLeftTheConfigurationIsExportedOnceMore() throws IOException {
        fleet.perform(new Command.Lists(API, List.of("api-1:9100", "api-2:9100")), now);

        assertThat(status("edge-1", 1)).isEqualTo("UP");
        assertThat(answer(SERVICES).body()).doesNotContain("api-3");
        assertThat(answer("/metrics").body()).contains("api-3:9100");
        assertThat(answer("/metrics").body()).doesNotContain("api-3:9100").contains("api-1:9100");
    }

    @Test
    void itsPagesHoldAHundredAndTheLastOneSaysThatTheNextIsTheFirst() {
        assertThat(answer(SERVICES).headers()).containsEntry("X-Next-Page", "1");
        assertThat(answer(SERVICES, Map.of("per_page", "2")).headers()).containsEntry("X-Next-Page", "2");
        assertThat(answer(SERVICES, Map.of("per_page", "2", "page", "2")).body())
                .contains("legacy@file", "noop@internal");
        assertThat(answer(SERVICES, Map.of("page", "2")).status()).isEqualTo(400);
        assertThat(answer(SERVICES, Map.of("page", "0")).body())
                .isEqualTo("{\"message\":\"invalid request: page: 0\"}\n");
        assertThat(answer("/api/http/routers", Map.of("status", "disabled")).body())
                .isEqualTo("[]\n");
    }

    @Test
    void oneWithoutAConfigurationSaysNotFoundWhateverItIsAsked() {
        fleet.perform(new Command.Sick(EDGE_1, Sickness.STARTING), now);

        assertThat(answer("/ping").status()).isEqualTo(404);
        assertThat(answer(SERVICES).body()).isEqualTo("404 page not found\n");
    }

    @Test
    void oneThatEndsRefusesAndStartsAnew() {
        fleet.perform(new Command.Sick(EDGE_1, Sickness.STOPPING), now);
        assertThat(server("edge-1").listens()).isFalse();

        fleet.perform(new Command.Well(EDGE_1), now);

        assertThat(server("edge-1").listens()).isTrue();
        assertThat(answer("/api/version").body()).contains("\"startDate\":\"2026-11-20T10:00:00Z\"");
    }

    private void pass(long millis) {
        now += millis;
        fleet.servers().forEach(server -> server.pass(now));
    }

    /* From now on, to a tenth of a second. */
    private long downAfter(String edge, int number) throws IOException {
        long since = now;
        Traefik same = (Traefik) server(edge);
        for (long at = since; at < since + 30_000; at += 10) {
            if (status(edge, SERVED, "api-" + number + ":9100", at).equals("DOWN")) {
                return at - since;
            }
        }
        throw new AssertionError(same.name() + " never sees it down");
    }

    private String status(String edge, int number) throws IOException {
        return status(edge, SERVED, "api-" + number + ":9100");
    }

    private String status(String edge, JobRef service, String server) throws IOException {
        return status(edge, service, server, now);
    }

    private String status(String edge, JobRef service, String server, long at) throws IOException {
        for (JsonNode each : JSON.readTree(answer(edge, SERVICES, Map.of(), at).body())) {
            if (each.path("name").asText().equals(service.name())) {
                return each.path("serverStatus").path("http://" + server).asText();
            }
        }
        return "";
    }

    private Optional<String> gauge(String edge, int number) {
        String series = "traefik_service_server_up{service=\"api@file\",url=\"http://api-" + number + ":9100\"} ";
        return answer(edge, "/metrics", Map.of(), now)
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .map(line -> line.substring(series.length()))
                .findFirst();
    }

    private static TargetRef served(int number) {
        return new TargetRef(SERVED, "api-" + number + ":9100");
    }

    private Reply.Answer answer(String path) {
        return answer(path, Map.of());
    }

    private Reply.Answer answer(String path, Map<String, String> parameters) {
        return answer("edge-1", path, parameters, now);
    }

    private Reply.Answer answer(String edge, String path, Map<String, String> parameters, long at) {
        return (Reply.Answer) server(edge).answer(new Asked(path, parameters), at);
    }

    private Server server(String name) {
        return fleet.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
