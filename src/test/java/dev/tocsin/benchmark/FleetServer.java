package dev.tocsin.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Any number of Prometheus servers and Traefiks on one port, a path prefix each, all with the same targets; a program of its own, so
 * that its memory and its time are not ours. Confined: one event loop.
 *
 * <p>It prints its port. Told to hold n answers, it sends the first four fifths of the next n target lists and waits. Told
 * to flip, it has two targets of each list change, and tells when it handed out which.
 */
public final class FleetServer {
    private static final long REFRESH_MILLIS = 2_000;
    private static final int LOADED_SECONDS = 3_600;
    private static final int SLICE_BYTES = 128 << 10;

    private final Documents documents;
    private final List<Runnable> held = new ArrayList<>();
    private final String pools;
    private final Map<String, Flips> flips = new HashMap<>();
    private final StringBuilder flipped = new StringBuilder();
    private final int targets;
    private final Buffer services;
    private final Buffer metrics;
    private Buffer body;
    private int toHold;
    private boolean flipping;

    private FleetServer(int targets) {
        this.targets = targets;
        documents = new Documents(targets, 3);
        pools = Documents.pools(targets);
        services = Buffer.buffer(TraefikDocuments.services(targets / TraefikDocuments.SERVERS));
        metrics = Buffer.buffer(TraefikDocuments.metrics(
                targets / TraefikDocuments.SERVERS, Instant.now().minusSeconds(LOADED_SECONDS)));
        body = fresh();
    }

    /** A server in a process of its own, and the way to tell it things. */
    public static Child start(int targets) throws Exception {
        return new Child(targets);
    }

    public static void main(String[] args) {
        endWithParent();
        FleetServer server = new FleetServer(Integer.parseInt(args[0]));
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer()
                .requestHandler(server::answer)
                .listen(0, "127.0.0.1")
                .onSuccess(http -> {
                    vertx.setPeriodic(REFRESH_MILLIS, t -> server.body = server.fresh());
                    System.out.println(http.actualPort());
                })
                .onFailure(e -> System.exit(1));
    }

    /* Whoever started it holds the other end of its input, and lets go of it in whichever way it ends. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.readAllBytes();
                    } catch (IOException closed) {
                        /* as at its end */
                    }
                    System.exit(0);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }

    private Buffer fresh() {
        return Buffer.buffer(documents.next(Instant.now()));
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("Content-Type", "application/json");
        String path = request.path();
        if (path.startsWith("/control/")) {
            control(path.substring("/control/".length()), response);
        } else if (path.endsWith("/api/v1/targets")) {
            if ("dropped".equals(request.getParam("state"))) {
                response.end("{\"status\":\"success\",\"data\":{\"activeTargets\":[],\"droppedTargets\":[]}}");
            } else {
                targets(path.substring(1, path.indexOf('/', 1)), response);
            }
        } else if (path.endsWith("/api/v1/status/runtimeinfo")) {
            response.end("{\"status\":\"success\",\"data\":{\"startTime\":\"2026-11-20T00:00:00Z\","
                    + "\"reloadConfigSuccess\":true}}");
        } else if (path.endsWith("/api/v1/scrape_pools")) {
            response.end("{\"status\":\"success\",\"data\":{\"scrapePools\":" + pools + "}}");
        } else if (path.endsWith("/api/http/services")) {
            response.end(services);
        } else if (path.endsWith("/api/tcp/services") || path.endsWith("/api/http/routers")) {
            response.end("[]");
        } else if (path.endsWith("/api/version")) {
            response.end("{\"Version\":\"3.7.9\",\"startDate\":\"2026-11-20T00:00:00Z\"}");
        } else if (path.endsWith("/metrics")) {
            response.end(metrics);
        } else {
            response.end("Prometheus Server is Ready.");
        }
    }

    private void targets(String source, HttpServerResponse response) {
        Buffer whole = flipping || flips.containsKey(source) ? flipped(source) : body;
        response.putHeader("Content-Length", String.valueOf(whole.length()));
        if (toHold == 0) {
            send(response, whole, 0, whole.length(), response::end);
            return;
        }
        toHold--;
        int most = whole.length() / 5 * 4;
        send(
                response,
                whole,
                0,
                most,
                () -> held.add(() -> send(response, whole, most, whole.length(), response::end)));
    }

    private Buffer flipped(String source) {
        Flips its = flips.computeIfAbsent(source, any -> new Flips(targets)).at(Instant.now());
        List<String> changes = flipping ? its.next() : List.of();
        Buffer whole = Buffer.buffer(documents.next(its));
        long micros = Flips.micros(Instant.now());
        for (String change : changes) {
            flipped.append(source + " " + change + " " + micros + "\n");
        }
        return whole;
    }

    private static void send(HttpServerResponse response, Buffer whole, int from, int to, Runnable then) {
        int at = from;
        while (at < to && !response.writeQueueFull()) {
            int next = Math.min(to, at + SLICE_BYTES);
            response.write(whole.slice(at, next));
            at = next;
        }
        int rest = at;
        if (rest == to) {
            then.run();
        } else {
            response.drainHandler(v -> {
                response.drainHandler(null);
                send(response, whole, rest, to, then);
            });
        }
    }

    private void control(String command, HttpServerResponse response) {
        if (command.startsWith("hold/")) {
            toHold = Integer.parseInt(command.substring("hold/".length()));
        } else if (command.equals("release")) {
            List.copyOf(held).forEach(Runnable::run);
            held.clear();
        } else if (command.equals("flip")) {
            flipping = true;
        } else if (command.equals("still")) {
            flipping = false;
        } else if (command.equals("flipped")) {
            response.end(flipped.toString());
            return;
        }
        response.end(String.valueOf(held.size()));
    }

    /** The server's process. Confined: the benchmark. */
    public static final class Child implements AutoCloseable {
        private final Process process;
        private final java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient();
        public final int port;

        private Child(int targets) throws Exception {
            process = Benchmarks.child(List.of("-Xmx1g"), FleetServer.class.getName(), String.valueOf(targets))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            port = Integer.parseInt(process.inputReader().readLine());
        }

        /** Tells it something; the number of answers that it holds. */
        public int tell(String command) throws Exception {
            return Integer.parseInt(ask(command));
        }

        /** Tells it something; its answer. */
        String ask(String command) throws Exception {
            java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                            java.net.URI.create("http://127.0.0.1:" + port + "/control/" + command))
                    .build();
            return http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
