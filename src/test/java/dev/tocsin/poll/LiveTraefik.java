package dev.tocsin.poll;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.broker.LoopbackPorts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real Traefik on loopback with the file provider, and the servers behind it, which go by the ports that they had in the
 * recorded stories. Confined: the test's thread.
 */
final class LiveTraefik implements AutoCloseable {
    private static final String CHOICE = "test.traefik";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    /* A request through the proxy must not try to become HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Vertx vertx;
    private final Path binary;
    private final Path folder;
    private final int api = free();
    private final int web = free();
    private final Map<Integer, Backend> backends = new TreeMap<>();
    private final Map<String, Object> services = new TreeMap<>();
    private final Map<String, Object> routers = new TreeMap<>();
    private Optional<Process> process = Optional.empty();

    LiveTraefik(Vertx vertx, Path binary) throws IOException {
        this.vertx = vertx;
        this.binary = binary;
        this.folder = Files.createTempDirectory("traefik-");
    }

    /** The one that {@code -Dtest.traefik=PATH} names. */
    static Optional<Path> binary() {
        String path = System.getProperty(CHOICE, "");
        if (path.isEmpty()) {
            System.out.println(CHOICE + " names no Traefik: its stories are those that were recorded");
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(path))) {
            throw new IllegalArgumentException(CHOICE + ": got " + path + ", want the path of a Traefik's binary");
        }
        System.out.println(CHOICE + "=" + path + ": the stories are played on it");
        return Optional.of(Path.of(path));
    }

    String url() {
        return "http://127.0.0.1:" + api;
    }

    /** With that service, checked every 3 s, and a router to it; takes a {@link #save}. */
    LiveTraefik checked(String service, Integer... servers) {
        return service(service, Map.of("healthCheck", Map.of("path", "/", "interval", "3s", "timeout", "1s")), servers);
    }

    /** As {@link #checked}, with these settings of its load balancer instead of a check. */
    LiveTraefik service(String service, Map<String, Object> settings, Integer... servers) {
        Map<String, Object> balancer = new HashMap<>(settings);
        balancer.put(
                "servers",
                List.of(servers).stream()
                        .map(server -> Map.of("url", "http://127.0.0.1:" + backend(server).port))
                        .toList());
        services.put(service, Map.of("loadBalancer", balancer));
        return router(service, service, "PathPrefix(`/" + service + "`)");
    }

    LiveTraefik router(String router, String service, String rule) {
        routers.put(router, Map.of("rule", rule, "service", service));
        return this;
    }

    LiveTraefik withoutRouter(String router) {
        routers.remove(router);
        return this;
    }

    LiveTraefik without(String service) {
        services.remove(service);
        return withoutRouter(service);
    }

    /** Saves what it is told to have, at once. */
    void save() {
        try {
            save(JSON.writeValueAsString(Map.of("http", Map.of("routers", routers, "services", services))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves that in place of its file. */
    void save(String content) {
        try {
            Path next = Files.writeString(folder.resolve("next"), content);
            Files.move(next, folder.resolve("dynamic.yml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That server answers so from now on; 0: it refuses. */
    void answers(int server, int status) {
        backend(server).become(status);
    }

    void repaired(int server) {
        answers(server, OK);
    }

    /** Sends it a request for that service. */
    void request(String service) {
        get("http://127.0.0.1:" + web + "/" + service);
    }

    /** Starts it, for the first time or again. */
    void start() {
        List<String> command = List.of(
                binary.toString(),
                "--api.insecure=true",
                "--entrypoints.traefik.address=127.0.0.1:" + api,
                "--entrypoints.web.address=127.0.0.1:" + web,
                "--metrics.prometheus=true",
                "--providers.file.filename=" + folder.resolve("dynamic.yml"),
                "--global.checknewversion=false",
                "--global.sendanonymoususage=false");
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            process = Optional.of(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the list of its services has that in it. */
    void awaitServices(String text) {
        await().atMost(PATIENCE).until(() -> get(url() + "/api/http/services").contains(text));
    }

    /** SIGTERM; returns when it has ended. */
    void stop() throws InterruptedException {
        Process running = process.orElseThrow();
        running.destroy();
        running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** A line that was told of it, with the ports of the stories. */
    String asInTheStories(String line) {
        String told = line;
        for (Map.Entry<Integer, Backend> each : backends.entrySet()) {
            told = told.replace(":" + each.getValue().port, ":" + each.getKey());
        }
        return told;
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroyForcibly);
        backends.values().forEach(backend -> backend.become(0));
    }

    private Backend backend(int server) {
        return backends.computeIfAbsent(server, name -> new Backend());
    }

    private String get(String url) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int free() {
        try {
            return LoopbackPorts.freeFrom(ThreadLocalRandom.current().nextInt(10_000, 19_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server behind it. Confined: the test's thread, but for the status. */
    private final class Backend {
        private final int port = free();
        private volatile int status;
        private Optional<HttpServer> server = Optional.empty();

        Backend() {
            become(OK);
        }

        void become(int next) {
            status = next;
            if (next == 0) {
                server.ifPresent(open -> Rig.join(open.close()));
                server = Optional.empty();
            } else if (server.isEmpty()) {
                server = Optional.of(Rig.join(vertx.createHttpServer()
                        .requestHandler(request ->
                                request.response().setStatusCode(status).end())
                        .listen(port, "127.0.0.1")));
            }
        }
    }
}
