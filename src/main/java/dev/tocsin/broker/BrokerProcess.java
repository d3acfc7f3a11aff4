package dev.tocsin.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node of Kafka in a child JVM: it ends when we do, however that is. Thread-safe: a process is. */
public final class BrokerProcess implements AutoCloseable {
    /** Where a node listens when nobody else does: the port that Kafka's tools and texts expect. */
    public static final int USUAL_PORT = 9_092;

    private static final Duration START_MAX = Duration.ofSeconds(40);
    private static final Duration STOP_MAX = Duration.ofSeconds(3);
    private static final int LAST_LINES = 3;

    private final Process process;
    private final String bootstrap;

    private BrokerProcess(Process process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts one on the data of {@code folder} at the first free port from {@link #USUAL_PORT} on, and waits until it takes
     * connections. What it logs is in {@code broker.log} of the folder.
     *
     * @throws IOException it did not start, and why
     */
    public static BrokerProcess start(Path folder) throws IOException {
        return start(folder, LoopbackPorts.freeFrom(USUAL_PORT), Map.of());
    }

    /** @param more settings of Kafka's own that go before ours */
    static BrokerProcess start(Path folder, int port, Map<String, String> more) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("broker.log");
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of(BrokerMain.class.getName(), folder.toString(), Integer.toString(port)));
        more.forEach((name, value) -> command.add(name + "=" + value));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        try {
            return new BrokerProcess(process, ready(process, log));
        } catch (IOException refused) {
            process.destroyForcibly();
            throw refused;
        }
    }

    /* A small heap and quick code rather than fast code: this broker serves one writer and a few readers. */
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"));

    private static String ready(Process process, Path log) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> line.completeAsync(() -> first(said), Runnable::run), "broker-ready");
        reader.setDaemon(true);
        reader.start();
        try {
            String first = line.get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (first.startsWith(BrokerMain.READY)) {
                return first.substring(BrokerMain.READY.length());
            }
            throw new IOException("the broker ended before it took connections: " + last(log));
        } catch (TimeoutException late) {
            throw new IOException(
                    "the broker takes no connections after " + START_MAX.toSeconds() + " s: " + last(log));
        } catch (ExecutionException bug) {
            throw new IOException("the broker cannot be heard", bug);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the broker started", stopped);
        }
    }

    private static String first(BufferedReader said) {
        try {
            String line = said.readLine();
            return line == null ? "" : line;
        } catch (IOException ended) {
            return "";
        }
    }

    private static String last(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Where clients begin: {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Completes with the exit status, once it has ended. */
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    Process process() {
        return process;
    }

    /** Stops it in order; it is killed when that takes too long, and loses nothing by it. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
