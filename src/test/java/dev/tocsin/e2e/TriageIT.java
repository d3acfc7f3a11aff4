package dev.tocsin.e2e;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.Approved;
import dev.tocsin.wire.RecordSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One look at real servers. */
final class TriageIT {
    private final Exporters exporters = new Exporters(1);
    private final List<RealPrometheus> servers = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        servers.forEach(RealPrometheus::close);
        exporters.close();
    }

    private RealPrometheus server(String name) {
        RealPrometheus server = new RealPrometheus(name, 0, folder.resolve(name));
        servers.add(server);
        return server;
    }

    /* Timeouts that a busy machine keeps: a scrape that comes near one is warned of. */
    private List<Exporter> job(RealPrometheus server, String job, int count) {
        List<Exporter> all = exporters.add(job, count);
        server.job(job, "scrape_interval: 4s, scrape_timeout: 4s").discover(job, all);
        return all;
    }

    private Ran triage(String... arguments) {
        List<String> all = new ArrayList<>(List.of("triage"));
        all.addAll(List.of(arguments));
        return Ran.jar(folder, all.toArray(String[]::new));
    }

    private JsonNode document(int code, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-o", "json"));
        all.addAll(List.of(arguments));
        Ran ran = triage(all.toArray(String[]::new));
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(code);
        assertThat(RecordSchemas.mistakes("triage", ran.out())).isEmpty();
        return new ObjectMapper().readTree(ran.out());
    }

    /** The text with what differs from run to run masked. */
    private static String masked(String text) {
        return text.replaceAll("(?<=127\\.0\\.0\\.1[: ])[0-9]{5}", "PORT")
                .replaceAll(":[0-9]{5}\\b", ":PORT")
                .replaceAll("\\.[0-9]{5}\\b", ".PORT")
                .replaceAll("Prometheus [0-9][^ ,]*", "Prometheus VERSION")
                .replaceAll("up for [0-9a-z]+( [0-9a-z]+)?", "up for TIME")
                .replaceAll("(last up|never up|was up) [^\n]*", "LAST UP");
    }

    @Test
    void whereAllIsWellItSaysSoAndEndsWith0() {
        RealPrometheus server = server("prom-a");
        job(server, "web", 4);
        job(server, "node", 3);
        server.start().awaitAllUp(7);

        Ran ran = triage("--prometheus", server.url());

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        Approved.isSame("triage/all-well.txt", masked(ran.out()));
    }

    @Test
    void fiveKindsOfFailureAreToldApartAndEndWith1() throws IOException {
        RealPrometheus server = server("prom-a");
        List<Exporter> api = job(server, "api", 3);
        List<Exporter> web = job(server, "web", 6);
        List<Exporter> node = job(server, "node", 8);
        List<Exporter> cache = job(server, "cache", 1);
        server.start().awaitAllUp(18);
        server.job("db", "scrape_interval: 4s, scrape_timeout: 4s, scheme: https")
                .discover("db", exporters.add("db", 1))
                .reload();
        api.forEach(Exporter::refuse);
        web.subList(0, 2).forEach(exporter -> exporter.status(500));
        node.get(4).hang();
        cache.get(0).status(404);
        awaitDown(server, 8);

        Ran ran = triage("--prometheus", server.url());
        JsonNode document = document(1, "--prometheus", server.url());

        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
        Approved.isSame("triage/five-failures.txt", masked(ran.out()));
        assertThat(document.at("/standing").asText()).isEqualTo("down");
        assertThat(document.at("/jobs/0/job").asText()).isEqualTo("api");
        assertThat(document.at("/jobs/0/verdict").asText()).isEqualTo("job");
        assertThat(document.at("/jobs/0/causes/0/instances")).hasSize(3);
        assertThat(document.at("/jobs/0/causes/0/instances/0/lastUp/known").asText())
                .isIn("at", "some_time_within");
        JsonNode db = find(document.at("/jobs"), "job", "db");
        assertThat(db.at("/causes/0/locus").asText()).isEqualTo("config");
        assertThat(db.at("/causes/0/instances/0/lastUp/known").asText()).isEqualTo("not_within");
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        for (JsonNode one : list) {
            if (one.path(field).asText().equals(value)) {
                return one;
            }
        }
        throw new AssertionError("no " + value + " in " + list);
    }

    private static void awaitDown(RealPrometheus server, int targets) {
        Awaitility.await(targets + " targets down")
                .atMost(ofSeconds(40))
                .until(() ->
                        server.health().values().stream().filter("down"::equals).count() == targets);
    }

    @Test
    void whatPrometheusAndTraefikSayOfOneBackendIsToldTogether() throws IOException {
        RealPrometheus server = server("prom-a");
        Map<String, List<Exporter>> jobs = new TreeMap<>();
        for (String job : List.of("checkout", "payments", "search")) {
            jobs.put(job, exporters.add(job, 3));
            server.job(job, "scrape_interval: 1s, scrape_timeout: 1s").discover(job, jobs.get(job));
        }
        jobs.get("checkout").forEach(Exporter::refuse);
        jobs.get("payments").forEach(Exporter::refuse);
        server.start();
        try (Balancer edge = new Balancer()) {
            jobs.forEach((job, of) -> {
                edge.serve(
                        job + "@file",
                        of.stream().map(exporter -> exporter.address(0)).toList());
                edge.health(job + "@file", job.equals("checkout"));
            });
            Path file = Files.writeString(folder.resolve("tocsin.yaml"), """
                    sources:
                      - {name: prom-a, kind: prometheus, url: "%s", cluster: eu-1}
                      - {name: edge-1, kind: traefik, url: "%s", cluster: eu-1}
                    join: [{service: "checkout@.*", job: checkout}, {service: "payments@.*", job: payments},
                           {service: "search@.*", job: search}]
                    """.formatted(server.url(), edge.url()));
            Awaitility.await("that all has failed for long enough")
                    .atMost(ofSeconds(60))
                    .pollInterval(ofSeconds(3))
                    .untilAsserted(() -> assertThat(impacts(document(1, "-c", file.toString())))
                            .containsExactlyInAnyOrderEntriesOf(Map.of(
                                    "prometheus checkout", "observability",
                                    "prometheus payments", "users",
                                    "traefik payments@file", "users",
                                    "traefik search@file", "users")));

            Ran ran = triage("-c", file.toString());

            assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
            Approved.isSame("triage/both-kinds.txt", masked(ran.out()));
        }
    }

    /** By the kind and name of each job that is out. */
    private static Map<String, String> impacts(JsonNode document) {
        Map<String, String> impacts = new TreeMap<>();
        document.at("/jobs")
                .forEach(job -> impacts.put(
                        job.path("sourceKind").asText() + " " + job.path("job").asText(),
                        job.path("impact").asText()));
        return impacts;
    }

    @Test
    void whatIsWrongWithoutBeingDownIsWarnedOf() throws IOException {
        RealPrometheus server = server("prom-a");
        List<Exporter> web = job(server, "web", 3);
        web.get(0).become(new Conduct.Slow(ofMillis(3_400)));
        web.get(1).become(new Conduct.Empty());
        server.job("self", "scrape_interval: 4s, scrape_timeout: 4s")
                .discoverAt("self", List.of(Map.of("__address__", server.url().substring("http://".length()))));
        server.job("unmade", "relabel_configs: [{target_label: __scrape_interval__, replacement: 0s}]")
                .discover("unmade", exporters.add("unmade", 2));
        server.job("dropped", "relabel_configs: [{action: drop, source_labels: [instance], regex: dropped-.*}]")
                .discover("dropped", exporters.add("dropped", 4));
        server.job("undiscovered", "scrape_interval: 1s");
        server.start().awaitAllUp(4);
        server.reloadBroken();

        JsonNode document = document(0, "--prometheus", server.url());

        Map<String, String> troubles = new TreeMap<>();
        document.at("/sources/0/troubles")
                .forEach(trouble -> troubles.put(
                        trouble.path("kind").asText() + " "
                                + trouble.path("subject").asText(),
                        trouble.path("evidence").asText()));
        assertThat(troubles)
                .containsOnlyKeys(
                        "pool_empty dropped",
                        "pool_empty unmade",
                        "pool_missing undiscovered",
                        "reload_failed ",
                        "scrape_near_timeout web",
                        "target_creation_failed unmade",
                        "up_without_samples web")
                .containsEntry("pool_empty dropped", "it has no target, discovery finds 4 and relabelling drops them")
                .containsEntry("pool_empty unmade", "it has no target, discovery finds 2, which fail to become targets")
                .containsEntry("up_without_samples web", "1 target is up without a sample");
        assertThat(document.at("/sources/0/dropped/dropped").asInt()).isEqualTo(4);
        assertThat(document.at("/sources/0/unchecked")).isEmpty();
    }

    @Test
    void whatNothingAnswersForIsNotSeenAndEndsWith3() {
        Ran ran = triage("--prometheus", "http://127.0.0.1:" + Ports.free());

        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(3);
        Approved.isSame("triage/nothing-listens.txt", masked(ran.out()));
    }

    @Test
    void aServerThatReplaysItsLogIsNotSeenAndTellsHowFarItIs() throws IOException {
        RealPrometheus server = server("prom-a");
        /* Its own page many times makes a log of many reads. */
        IntStream.range(0, 12).forEach(i -> server.job("self" + i)
                .discoverAt(
                        "self" + i, List.of(Map.of("__address__", server.url().substring("http://".length())))));
        server.start().awaitAllUp(12);
        server.kill();
        server.startOnSlowDisk();

        JsonNode document = document(3, "--prometheus", server.url());

        assertThat(document.at("/sources/0/state").asText()).isEqualTo("starting");
        assertThat(document.at("/sources/0/why").asText()).isEqualTo("wal_replay");
        assertThat(document.at("/sources/0/detail").asText()).matches("replaying WAL segment [0-9]+ of [0-9]+");
    }

    @Test
    void anAgentIsAnsweredAndSaysWhatCouldNotBeChecked() throws IOException {
        RealPrometheus server = server("prom-a").agent();
        List<Exporter> web = job(server, "web", 3);
        server.start().awaitAllUp(3);
        web.forEach(Exporter::refuse);
        awaitDown(server, 3);

        JsonNode document = document(1, "--prometheus", server.url());

        assertThat(document.at("/jobs/0/job").asText()).isEqualTo("web");
        assertThat(document.at("/jobs/0/causes/0/instances/0/lastUp/known").asText())
                .isEqualTo("not_told");
        assertThat(document.at("/sources/0/unchecked/0/why").asText()).isEqualTo("an agent has no query API");
    }

    @Test
    void aSlowServerDoesNotHoldTheOthers() throws IOException {
        RealPrometheus slow = server("prom-a");
        RealPrometheus quick = server("prom-b");
        job(slow, "node", 1);
        job(quick, "web", 2);
        slow.start().awaitAllUp(1);
        quick.start().awaitAllUp(2);
        slow.freeze();

        JsonNode document = document(3, "--timeout", "3s", "--prometheus", slow.url(), quick.url());

        assertThat(document.at("/sources/0/why").asText()).isEqualTo("timeout");
        assertThat(document.at("/sources/1/targets/up").asInt()).isEqualTo(2);
    }

    @Test
    void tenThousandTargetsAreCountedNotListed() throws IOException {
        RealPrometheus server = server("prom-a");
        Exporter one = exporters.add("one", 1).get(0);
        String down = "127.0.0.1:" + Ports.free();
        server.job("big", "scrape_interval: 30s, scrape_timeout: 10s, metrics_path: /metrics")
                .discoverAt(
                        "big",
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> Map.of(
                                        "__address__",
                                        i < 1_000 ? one.address(0) : down,
                                        "__metrics_path__",
                                        "/metrics/" + i,
                                        "job",
                                        "job-" + i % 25,
                                        "instance",
                                        "host-" + i + ":9100"))
                                .toList());
        server.start();
        Awaitility.await("all are scraped")
                .atMost(ofSeconds(120))
                .pollInterval(ofSeconds(2))
                .until(() -> server.scraped() == 10_000);

        Ran ran = triage("--timeout", "25s", "--prometheus", server.url());

        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
        assertThat(ran.out().lines().findFirst())
                .hasValue("DOWN: 25 whole jobs; 9000 instances down in all; 1 warning");
        assertThat(ran.out().lines().count()).isLessThan(250);
        assertThat(ran.out()).contains("10000 targets: 1000 up, 9000 down");
    }

    @Test
    void aWrongOptionIsAMistakeAndEndsWith2() {
        Ran ran = triage("--promtheus", "http://127.0.0.1:1");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--prometheus");
        assertThat(triage("--timeout", "10", "--prometheus", "http://127.0.0.1:1")
                        .err())
                .contains("got \"10\", want a duration from 1s to 10m");
    }
}
