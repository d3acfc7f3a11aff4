import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the class data archive that Tocsin starts from: {@code java docker/Archive.java JAVA JAR ARCHIVE}, with a JDK of
 * 17 or later. JAVA is the JVM that will run JAR; the archive is good for that JVM build, and for JAR under that path,
 * of that size and with that time of last change. With anything else a JVM starts without the archive, only slower.
 *
 * <p>A rehearsal tells which classes a start needs: JAVA runs JAR against a server that answers as a Prometheus does,
 * from the configuration to the first poll that is answered, and stops it. Then JAVA writes the archive.
 */
public final class Archive {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String java;
    private final Path jar;
    private final Path work;

    private Archive(String java, Path jar, Path work) {
        this.java = java;
        this.jar = jar;
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("got " + args.length + " arguments, want JAVA JAR ARCHIVE");
            System.exit(2);
        }
        Path target = Path.of(args[2]).toAbsolutePath();
        Path work = Files.createTempDirectory("tocsin-archive");
        try {
            Archive archive = new Archive(args[0], Path.of(args[1]).toAbsolutePath(), work);
            archive.rehearse();
            archive.write(target);
            archive.check(target);
            System.out.println(target + ": " + (Files.size(target) >> 20) + " MiB, " + archive.classes() + " classes");
        } finally {
            delete(work);
        }
    }

    private Path list() {
        return work.resolve("classes.txt");
    }

    private long classes() throws IOException {
        try (Stream<String> lines = Files.lines(list())) {
            return lines.filter(line -> !line.startsWith("#") && !line.startsWith("@")).count();
        }
    }

    private void rehearse() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", Archive::answer);
        server.start();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            /* With every kind of line of a usual file: reading it is most of what a start computes. */
            String config = "sources:\n  - name: rehearsal\n    kind: prometheus\n    url: http://localhost:"
                    + server.getAddress().getPort()
                    + "\n    cluster: eu-1\n    interval: 5s\n    timeout: 4s\n    external_labels: {zone: a}\n"
                    + "outages:\n  confirm: {min: 5s, max: 30s}\n  jobs:\n"
                    + "    - {match: {job: \"batch-.*\"}, confirm: {min: 1m, max: 5m}}\n"
                    + "data: data\nlimits: {body: 1GiB}\n";
            Path file = Files.writeString(work.resolve("tocsin.yaml"), config);
            Process run = new ProcessBuilder(
                            java, "-XX:DumpLoadedClassList=" + list(), "-jar", jar.toString(), "run", "-c", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ScheduledFuture<?> limit =
                    watch.schedule(run::destroyForcibly, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            awaitAnswered(run);
            run.destroy(); // SIGTERM: its end is rehearsed too
            int status = run.waitFor();
            limit.cancel(false);
            if (status != 0) {
                throw new IllegalStateException("the rehearsal ended with " + status + ", want 0");
            }
        } finally {
            watch.shutdownNow();
            server.stop(0);
        }
    }

    private static void awaitAnswered(Process run) throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader stderr = run.errorReader(StandardCharsets.UTF_8);
        for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
            said.add(line);
            if (line.equals("1 of 1 source answered")) {
                return;
            }
        }
        throw new IllegalStateException("the rehearsal had no answer: " + String.join("\n", said));
    }

    /* A static archive, not one that is written when a run ends: on JDK 17 only that one takes classes in the format of
     * Java 5, such as picocli's, and the forms of lambdas; it also stands alone, without the archive of the JDK. Only G1
     * writes objects into it; other collectors can read them. */
    private void write(Path target) throws Exception {
        run(
                "-Xshare:dump",
                "-XX:+UseG1GC",
                "-XX:SharedClassListFile=" + list(),
                "-XX:SharedArchiveFile=" + target,
                "-jar",
                jar.toString());
    }

    private void check(Path target) throws Exception {
        run("-Xshare:on", "-XX:SharedArchiveFile=" + target, "-jar", jar.toString(), "--version");
    }

    private void run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(arguments));
        Path said = work.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " still runs after " + PATIENCE);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    command + " ended with " + process.exitValue() + ": " + Files.readString(said));
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestURI().toString();
        byte[] body = body(question).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
        if (!accepted.contains("gzip")) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream zipped = new GZIPOutputStream(exchange.getResponseBody())) {
                zipped.write(body);
            }
        }
        exchange.close();
    }

    private static String body(String question) {
        if (question.contains("state=dropped")) {
            return data("{\"activeTargets\":[],\"droppedTargets\":[],\"droppedTargetCounts\":{\"node\":0}}");
        } else if (question.startsWith("/api/v1/targets")) {
            return data("{\"activeTargets\":["
                    + target(1, "up", "")
                    + ","
                    + target(2, "down", "Get \\\"http://10.0.0.2:9100/metrics\\\": dial tcp 10.0.0.2:9100: connect:"
                            + " connection refused")
                    + "],\"droppedTargets\":[],\"droppedTargetCounts\":{\"node\":0}}");
        } else if (question.startsWith("/api/v1/status/runtimeinfo")) {
            return data("{\"startTime\":\"2026-01-01T00:00:00Z\",\"reloadConfigSuccess\":true}");
        } else if (question.startsWith("/api/v1/scrape_pools")) {
            return data("{\"scrapePools\":[\"node\"]}");
        }
        return "Prometheus Server is Ready.\n";
    }

    private static String data(String data) {
        return "{\"status\":\"success\",\"data\":" + data + "}";
    }

    private static String target(int host, String health, String error) {
        String address = "10.0.0." + host + ":9100";
        String url = "http://" + address + "/metrics";
        return "{\"discoveredLabels\":{\"__address__\":\"" + address + "\",\"job\":\"node\"},\"labels\":{\"instance\":\""
                + address + "\",\"job\":\"node\"},\"scrapePool\":\"node\",\"scrapeUrl\":\"" + url + "\",\"globalUrl\":\""
                + url + "\",\"lastError\":\"" + error + "\",\"lastScrape\":\"" + Instant.now()
                + "\",\"lastScrapeDuration\":0.01,\"health\":\"" + health
                + "\",\"scrapeInterval\":\"15s\",\"scrapeTimeout\":\"10s\"}";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
