package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A small world for one test: exporters, one or two Prometheus servers of one cluster, and a monitor with fast settings.
 * Made before each test, ended after it; when the test failed, says what everybody said. Confined: the test's thread.
 */
final class World implements BeforeEachCallback, AfterEachCallback {
    private static final String[] NAMES = {"prom-a", "prom-b"};

    private final int vantages;
    private final String outageSettings;
    private String more = "";
    private String moreSources = "";
    private Path folder = Path.of("");
    private Exporters exporters = new Exporters(0);
    private List<RealPrometheus> servers = List.of();
    private TocsinProcess tocsin;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** @param outageSettings more lines of the {@code outages} block, as {@code "absent_for: 20s"} */
    private World(int vantages, String outageSettings) {
        this.vantages = vantages;
        this.outageSettings = outageSettings;
    }

    static World of(int vantages, String... outageSettings) {
        return new World(vantages, String.join("\n  ", outageSettings));
    }

    /** With more blocks in the monitor's configuration. */
    World with(String blocks) {
        more = blocks;
        return this;
    }

    /** With a Traefik of the same cluster at that url. */
    World withTraefik(String name, String url) {
        moreSources = "  - {name: %s, kind: traefik, url: \"%s\", cluster: lab, interval: 500ms, timeout: 500ms}\n"
                .formatted(name, url);
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("tocsin-it-");
        exporters.close();
        exporters = new Exporters(vantages);
        servers = new ArrayList<>();
        for (int i = 0; i < vantages; i++) {
            servers.add(new RealPrometheus(NAMES[i], i, folder.resolve(NAMES[i])));
        }
        tocsin = new TocsinProcess(folder.resolve("tocsin"), config());
    }

    /** Starts the exporters of these jobs and the servers; returns when every server has scraped all of them up. */
    void serve(Map<String, Integer> instancesByJob) {
        serve(
                instancesByJob,
                instancesByJob.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** As {@link #serve(Map)}, for servers that have other jobs too: {@code targets} in all. */
    void serve(Map<String, Integer> instancesByJob, int targets) {
        instancesByJob.forEach((job, count) -> {
            List<Exporter> instances = exporters.add(job, count);
            servers.forEach(server -> server.job(job).discover(job, instances));
        });
        servers.forEach(RealPrometheus::start);
        servers.forEach(server -> server.awaitAllUp(targets));
    }

    /** Starts the monitor; returns when it has seen all targets up. */
    void watch() {
        tocsin.start();
        int targets =
                servers.stream().mapToInt(server -> server.health().size()).sum();
        Awaitility.await("first sight of " + targets + " targets")
                .atMost(Duration.ofSeconds(45))
                .until(() -> {
                    assertThat(tocsin.runsFor(Duration.ofMillis(50)))
                            .as("it runs")
                            .isTrue();
                    return health().values().stream().filter("up"::equals).count() == targets;
                });
    }

    /** The same monitor on another machine: its data folder is empty. It ends with the world. */
    TocsinProcess elsewhere() {
        return endsWith(new TocsinProcess(folder.resolve("elsewhere"), config()));
    }

    /** Closes that part when the world ends, however the test did. */
    <T extends AutoCloseable> T endsWith(T part) {
        parts.push(part);
        return part;
    }

    Exporters exporters() {
        return exporters;
    }

    List<Exporter> job(String job) {
        return exporters.of(job);
    }

    RealPrometheus server() {
        return servers.get(0);
    }

    RealPrometheus twin() {
        return servers.get(1);
    }

    TocsinProcess tocsin() {
        return tocsin;
    }

    Events events() {
        return tocsin.events();
    }

    /** The monitor's last word on each target, by {@code source/job/instance}. */
    Map<String, String> health() {
        Map<String, String> health = new LinkedHashMap<>();
        events().health()
                .forEach(event -> health.put(
                        event.at("target.source") + "/" + event.at("target.job") + "/" + event.at("target.instance"),
                        event.to()));
        return health;
    }

    /**
     * Waits until the monitor has said of every server that, ready, it has told all that was observed until then: what
     * has not been told by now did not happen.
     */
    void awaitObservedUntil(Instant time) {
        Awaitility.await("watermarks past " + time)
                .atMost(Duration.between(Instant.now(), time).plusSeconds(40))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> servers.stream().allMatch(server -> observed(server, time)));
    }

    /** As {@link #awaitObservedUntil}, so long from now. */
    void awaitObserved(Duration time) {
        awaitObservedUntil(Instant.now().plus(time));
    }

    /**
     * What was told since a mark and is no plain truth: on a busy machine scrapes are slow, and now and then one fails by
     * the server's own record.
     */
    List<String> unexplained(int mark) {
        Set<String> failed = new HashSet<>();
        servers.forEach(server -> failed.addAll(server.everDown()));
        return events().since(mark).stream()
                .filter(event -> !event.at("kind").equals("scrape_near_timeout"))
                .filter(event -> !failed.contains(event.at("target.job") + "/" + event.at("target.instance")))
                .filter(event -> failed.stream().noneMatch(target -> event.ofJob(target.replaceFirst("/.*", ""))))
                .map(Event::brief)
                .toList();
    }

    /** Waits until the log has these open outages and no other: verdict by job. */
    void awaitOpen(Map<String, String> verdictByJob) {
        awaitLog(() -> assertThat(tocsin.log().open()).isEqualTo(verdictByJob));
    }

    /** As {@link #awaitOpen}, and until the log says of every target what the first server says. */
    void awaitLogSays(Map<String, String> verdictByJob) {
        awaitOpen(verdictByJob);
        awaitLog(() -> assertThat(tocsin.log().health()).isEqualTo(server().health()));
    }

    private static void awaitLog(ThrowingRunnable says) {
        Awaitility.await("what the log says")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(says);
    }

    private boolean observed(RealPrometheus server, Instant time) {
        return tocsin.log().read("watermarks").stream()
                .filter(mark -> !mark.tombstone() && mark.at("source").equals(server.name()))
                .anyMatch(mark -> mark.at("state").equals("ready")
                        && mark.instant("observedUntil").isAfter(time));
    }

    private String config() {
        var sources = new StringBuilder();
        servers.forEach(server -> sources.append("""
                  - {name: %s, kind: prometheus, url: "%s", cluster: lab, interval: 500ms, timeout: 500ms}
                """.formatted(server.name(), server.url())));
        sources.append(moreSources);
        return """
                node: {name: it}
                sources:
                %soutages:
                  confirm: {min: 1s, max: 3s}
                  settle: {cap: 3s}
                  %s
                %s
                """.formatted(sources, outageSettings, more);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            if (context.getExecutionException().isEmpty()) {
                Invariants.hold(tocsin);
            } else {
                System.err.println(report(context));
            }
        } finally {
            tocsin.close();
            servers.forEach(RealPrometheus::close);
            exporters.close();
            while (!parts.isEmpty()) {
                parts.pop().close();
            }
            if (context.getExecutionException().isEmpty()) {
                delete(folder);
            }
        }
    }

    private String report(ExtensionContext context) {
        var report = new StringBuilder("---- " + context.getDisplayName() + ", in " + folder + "\n-- told:\n")
                .append(tocsin.events().brief())
                .append("\n-- stderr:\n")
                .append(tocsin.stderr());
        servers.forEach(server ->
                report.append("\n-- ").append(server.name()).append(":\n").append(server.log()));
        return report.append("\n----").toString();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
