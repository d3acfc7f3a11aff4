package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * A real Prometheus server with a folder, a port and one file of targets per job. Confined: the test's thread.
 *
 * <p>The binary is {@link Tool#PROMETHEUS}.
 */
final class RealPrometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String name;
    private final int vantage;
    private final int port = Ports.free();
    private final Path folder;
    private final Map<String, String> jobs = new LinkedHashMap<>();
    private boolean agent;
    private Optional<Child> child = Optional.empty();

    /** @param vantage which of the exporters' ports it reaches */
    RealPrometheus(String name, int vantage, Path folder) {
        this.name = name;
        this.vantage = vantage;
        this.folder = folder;
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Scrapes that job every second, with as long a timeout; its targets come from {@link #discover}. */
    RealPrometheus job(String job) {
        return job(job, "scrape_interval: 1s, scrape_timeout: 1s");
    }

    /** As {@link #job(String)}, with settings of the scrape job as in a YAML flow mapping. Takes a reload when it runs. */
    RealPrometheus job(String job, String settings) {
        jobs.put(job, settings);
        writeConfig();
        return this;
    }

    /** An agent from now on: it scrapes, and has no query API. */
    RealPrometheus agent() {
        agent = true;
        return this;
    }

    /** The targets of a job, from now on (when it runs: within about 5 s). */
    RealPrometheus discover(String job, List<Exporter> exporters) {
        return discoverAt(
                job,
                exporters.stream()
                        .map(exporter ->
                                Map.of("__address__", exporter.address(vantage), "instance", exporter.instance()))
                        .toList());
    }

    /** As {@link #discover}. @param targets labels of each, {@code __address__} among them */
    RealPrometheus discoverAt(String job, List<Map<String, String>> targets) {
        List<Object> groups = new ArrayList<>();
        for (Map<String, String> target : targets) {
            Map<String, String> labels = new HashMap<>(target);
            groups.add(Map.of("targets", List.of(labels.remove("__address__")), "labels", labels));
        }
        try {
            Path next = Files.createDirectories(folder.resolve("sd")).resolve(job + ".tmp");
            JSON.writeValue(next.toFile(), groups);
            Files.move(next, folder.resolve("sd").resolve(job + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Starts it, for the first time or again, on the same port and data; waits until it says that it is ready. */
    RealPrometheus start() {
        start(List.of());
        Awaitility.await(name + " is ready").atMost(Duration.ofSeconds(30)).until(this::ready);
        return this;
    }

    /**
     * Starts it again on its data, on a disk that takes 15 s for each read of the write-ahead log (of half a MiB, and one at
     * the end): it replays for long. Waits until it answers that it is not ready.
     */
    RealPrometheus startOnSlowDisk() {
        start(List.of(
                Tool.STRACE.path(),
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-P",
                folder.resolve("tsdb/wal/00000000").toString(),
                "-e",
                "trace=read",
                "-e",
                "inject=read:delay_enter=15000000"));
        Awaitility.await(name + " replays its log")
                .atMost(Duration.ofSeconds(30))
                .until(() -> status("/-/ready") == 503);
        return this;
    }

    private void start(List<String> under) {
        List<String> command = new ArrayList<>(under);
        command.addAll(List.of(
                Tool.PROMETHEUS.path(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-lifecycle",
                /* Hidden, 5 s by default: how long a new set of targets waits. */
                "--scrape.discovery-reload-interval=1s",
                "--log.level=warn"));
        command.addAll(
                agent
                        ? List.of("--enable-feature=agent", "--storage.agent.path=" + folder.resolve("agent"))
                        : List.of("--storage.tsdb.path=" + folder.resolve("tsdb")));
        child = Optional.of(
                Child.start(name, command, folder, folder.resolve("prometheus.log"), ProcessBuilder.Redirect.DISCARD));
    }

    /** Waits until it has scraped all discovered targets up. */
    RealPrometheus awaitAllUp(int targets) {
        Awaitility.await(name + " has " + targets + " targets up")
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> assertThat(health()).hasSize(targets).values().containsOnly("up"));
        return this;
    }

    /** How many targets it has scraped: its queries know them. */
    int scraped() {
        try {
            return JSON.readTree(get("/api/v1/query?query=count(up)").body())
                    .at("/data/result/0/value/1")
                    .asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says of its targets: health by {@code job/instance}. */
    Map<String, String> health() {
        try {
            JsonNode answer = JSON.readTree(get("/api/v1/targets?state=active").body());
            Map<String, String> health = new LinkedHashMap<>();
            for (JsonNode target : answer.path("data").path("activeTargets")) {
                JsonNode labels = target.path("labels");
                health.put(
                        labels.path("job").asText() + "/"
                                + labels.path("instance").asText(),
                        target.path("health").asText());
            }
            return health;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The targets, {@code job/instance}, that it has ever scraped without success, by its own record. */
    Set<String> everDown() {
        try {
            String query = URLEncoder.encode("min_over_time(up[1h]) == 0", StandardCharsets.UTF_8);
            Set<String> targets = new HashSet<>();
            JSON.readTree(get("/api/v1/query?query=" + query).body())
                    .at("/data/result")
                    .forEach(series -> targets.add(series.at("/metric/job").asText() + "/"
                            + series.at("/metric/instance").asText()));
            return targets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads its configuration again; returns how long that took: it waits for scrapes in flight. */
    Duration reload() {
        long began = System.nanoTime();
        var request = HttpRequest.newBuilder(URI.create(url() + "/-/reload"))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            fail("reload of %s: got %d %s", name, answer.statusCode(), answer.body());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Has it read a configuration that is none; it goes on with the old one. */
    void reloadBroken() {
        try {
            Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: [{job_name: 1, nonsense: true}]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url() + "/-/reload"))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    }

    /** How many lists of targets it has answered since its start, ours among them. */
    long answeredTargets() {
        String sample = "prometheus_http_requests_total{code=\"200\",handler=\"/api/v1/targets\"} ";
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToLong(line -> Long.parseLong(line.substring(sample.length())))
                .sum();
    }

    /** kill -9 of both at once. */
    static void kill(RealPrometheus one, RealPrometheus other) {
        List<Child> both = List.of(one.child.orElseThrow(), other.child.orElseThrow());
        List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
        both.forEach(child -> command.add(Long.toString(child.process().pid())));
        Command.run(command.toArray(String[]::new));
        both.forEach(child -> child.exitCode(Duration.ofSeconds(10)));
    }

    /** kill -9. */
    void kill() {
        child.orElseThrow().killAndWait();
    }

    void terminate() {
        child.orElseThrow().signal("TERM");
        child.orElseThrow().exitCode(Duration.ofSeconds(30));
    }

    /** SIGSTOP: it accepts connections and says nothing. */
    void freeze() {
        child.orElseThrow().signal("STOP");
    }

    void thaw() {
        child.orElseThrow().signal("CONT");
    }

    String log() {
        return Child.tail(folder.resolve("prometheus.log"), 20);
    }

    @Override
    public void close() {
        child.filter(Child::alive).ifPresent(running -> {
            /* Whoever traces it goes with it, and not the other way round. */
            List<ProcessHandle> below = running.process().descendants().toList();
            below.forEach(ProcessHandle::destroyForcibly);
            if (below.isEmpty()) {
                running.killAndWait();
            } else {
                running.exitCode(Duration.ofSeconds(20));
            }
        });
    }

    private boolean ready() {
        return status("/-/ready") == 200;
    }

    /* 0 when nobody answers. */
    private int status(String path) {
        try {
            return get(path).statusCode();
        } catch (UncheckedIOException notYet) {
            return 0;
        }
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void writeConfig() {
        var yaml = new StringBuilder("global: {external_labels: {replica: \"" + name + "\"}}\nscrape_configs:\n");
        jobs.forEach((job, settings) -> yaml.append(
                "  - {job_name: %s, %s, file_sd_configs: [{files: [sd/%s.json]}]}\n".formatted(job, settings, job)));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("prometheus.yml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
