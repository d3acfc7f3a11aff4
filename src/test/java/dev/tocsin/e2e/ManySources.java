package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A monitor of many simulated servers, each a cluster of its own, with the settings that ship. Confined: the test's
 * thread.
 */
final class ManySources implements AutoCloseable {
    private final int sources;
    private final Child servers;
    private final TocsinProcess tocsin;

    /** @param under what both are started under */
    ManySources(int sources, Path folder, String... under) {
        this.sources = sources;
        List<String> command = new ArrayList<>(List.of(under));
        command.addAll(List.of(
                TocsinProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                TocsinProcess.jar() + ":" + Path.of("target/test-classes").toAbsolutePath(),
                ServerFleet.class.getName()));
        servers =
                Child.talking("servers", command, folder, folder.resolve("servers.txt"), ProcessBuilder.Redirect.PIPE);
        tocsin = new TocsinProcess(folder.resolve("tocsin"), config(servers.line())).under(under);
    }

    /** Starts the monitor; returns when it has seen all targets up. */
    void watch() {
        tocsin.start();
        int targets = sources * ServerFleet.JOBS.size() * ServerFleet.INSTANCES;
        Awaitility.await("first sight of " + targets + " targets")
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    assertThat(tocsin.runsFor(Duration.ofMillis(100)))
                            .as("it runs")
                            .isTrue();
                    return tocsin.events().health().count() == targets;
                });
    }

    TocsinProcess tocsin() {
        return tocsin;
    }

    /** Gives the servers an order; returns how many lists of targets they have sent. */
    long tell(String order) {
        return Long.parseLong(servers.tell(order));
    }

    /** Waits until every source has been seen through at a time after now. */
    void awaitAllReady(Duration within) {
        int before = tocsin.log().read("watermarks").size();
        Awaitility.await("all sources ready")
                .atMost(within)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    List<Event> marks = tocsin.log().read("watermarks");
                    assertThat(marks.subList(before, marks.size()).stream()
                                    .filter(mark -> mark.at("state").equals("ready"))
                                    .map(mark -> mark.at("source"))
                                    .distinct())
                            .hasSize(sources);
                });
    }

    /** First versions of outages of that kind of scope. */
    Stream<Event> opened(String scope) {
        return tocsin.events()
                .outages()
                .filter(event -> event.opened() && event.scope().equals(scope));
    }

    /** How many outages of that kind of scope are open now. */
    long open(String scope) {
        return Invariants.fold(tocsin.events().outages().toList()).values().stream()
                .filter(event -> event.scope().equals(scope) && !event.ended())
                .count();
    }

    /** How often a target was told to be anything but up. */
    long notUp() {
        return tocsin.events()
                .health()
                .filter(event -> !event.to().equals("up"))
                .count();
    }

    private String config(String port) {
        var yaml = new StringBuilder("node: {name: it}\nsources:\n");
        for (int n = 1; n <= sources; n++) {
            yaml.append("  - {name: prom-%d, kind: prometheus, url: \"http://127.0.0.1:%s/prom-%d\"}\n"
                    .formatted(n, port, n));
        }
        return yaml.toString();
    }

    @Override
    public void close() {
        tocsin.close();
        servers.killAndWait();
    }
}
