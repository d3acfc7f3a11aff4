package dev.tocsin.e2e;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Any number of Prometheus servers on one port, a path prefix each, that see the same targets: a program of its own, so
 * that it can be in another network than the test. Thread-safe: a volatile and concurrent collections.
 *
 * <p>It prints its port. A line on its standard input is an order, {@code down checkout}, {@code up} or
 * {@code hang up}; it answers how many lists of targets it has sent.
 */
final class ServerFleet {
    static final List<String> JOBS = List.of("checkout", "node", "cache");
    static final int INSTANCES = 5;
    private static final int SCRAPE_SECONDS = 5;

    private final AtomicLong lists = new AtomicLong();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile String down = "";

    private ServerFleet() {}

    public static void main(String[] arguments) throws IOException {
        ServerFleet fleet = new ServerFleet();
        Vertx.vertx()
                .createHttpServer()
                .connectionHandler(fleet::connected)
                .requestHandler(fleet::answer)
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println(server.actualPort()))
                .onFailure(e -> System.exit(1));
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(fleet.obey(order));
            }
        }
        System.exit(0);
    }

    private long obey(String order) {
        if (order.equals("hang up")) {
            connections.forEach(HttpConnection::close);
        } else {
            down = order.replaceFirst("^(up|down) ?", "");
        }
        return lists.get();
    }

    private void connected(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        String data = "{}";
        if (path.endsWith("/api/v1/targets")) {
            boolean active = "active".equals(request.getParam("state"));
            lists.addAndGet(active ? 1 : 0);
            data = "{\"activeTargets\":[" + (active ? targets() : "") + "],\"droppedTargets\":[]}";
        } else if (path.endsWith("/api/v1/status/runtimeinfo")) {
            data = "{\"startTime\":\"2026-11-20T00:00:00Z\",\"reloadConfigSuccess\":true}";
        } else if (path.endsWith("/api/v1/scrape_pools")) {
            data = "{\"scrapePools\":[\"" + String.join("\",\"", JOBS) + "\"]}";
        }
        request.response()
                .putHeader("Content-Type", "application/json")
                .end("{\"status\":\"success\",\"data\":" + data + "}");
    }

    private String targets() {
        return JOBS.stream()
                .flatMap(job -> IntStream.range(0, INSTANCES).mapToObj(number -> target(job, number)))
                .collect(Collectors.joining(","));
    }

    /* Each scraped in a second of its own. */
    private String target(String job, int number) {
        long now = Instant.now().getEpochSecond();
        Instant scrape = Instant.ofEpochSecond(now - Math.floorMod(now - number, SCRAPE_SECONDS));
        boolean up = !job.equals(down);
        String address = job + "-" + number + ":8080";
        return """
                {"discoveredLabels":{},"labels":{"job":"%s","instance":"%s"},"scrapePool":"%s","scrapeUrl":"http://%s/metrics",
                "lastError":"%s","lastScrape":"%s","lastScrapeDuration":0.01,"health":"%s","scrapeInterval":"%ds","scrapeTimeout":"4s"}
                """.formatted(
                        job,
                        address,
                        job,
                        address,
                        up ? "" : "dial tcp 10.0.0.7:8080: connect: connection refused",
                        scrape.truncatedTo(ChronoUnit.SECONDS),
                        up ? "up" : "down",
                        SCRAPE_SECONDS);
    }
}
