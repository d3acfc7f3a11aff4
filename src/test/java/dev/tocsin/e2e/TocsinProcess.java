package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** {@code run} as a child process with a folder, a configuration and a log of its own. Confined: the test's thread. */
final class TocsinProcess implements AutoCloseable {
    private final Path folder;
    private final Events events = new Events();
    private List<String> under = List.of();
    private Optional<Child> child = Optional.empty();
    private Optional<Thread> reader = Optional.empty();

    TocsinProcess(Path folder, String config) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("tocsin.yaml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path jar() {
        Path jar = Path.of(System.getProperty("tocsin.jar", "target/tocsin.jar"));
        assertThat(jar).as("the shaded jar: mvn package makes it").exists();
        return jar.toAbsolutePath();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The command that runs the jar with those arguments. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it from now on under that command, which must become it: {@code env A=B}, {@code prlimit --nofile=64}. */
    TocsinProcess under(String... command) {
        under = List.of(command);
        return this;
    }

    /** Starts it, for the first time or again, on the same data. */
    TocsinProcess start() {
        List<String> command = new ArrayList<>(under);
        command.addAll(List.of(
                java(),
                /* Many short lives on few cores: start quickly rather than run fast. */
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar().toString(),
                "run",
                "-c",
                "tocsin.yaml",
                "-o",
                "ndjson",
                "--streams",
                "outages,findings,health",
                "--data",
                "data"));
        Child started =
                Child.start("tocsin", command, folder, folder.resolve("stderr.txt"), ProcessBuilder.Redirect.PIPE);
        child = Optional.of(started);
        reader = Optional.of(events.read(started.process().getInputStream()));
        return this;
    }

    long pid() {
        return child.orElseThrow().process().pid();
    }

    /** How many files and connections it has open. */
    long openFiles() {
        return Command.run("ls", "/proc/" + pid() + "/fd").lines().count();
    }

    /** Lets it open nothing more with a number from that on. */
    void limitFiles(long number) {
        Command.run("prlimit", "--pid", Long.toString(pid()), "--nofile=" + number + ":");
    }

    Events events() {
        return events;
    }

    FileLog log() {
        return new FileLog(data());
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Whether it still runs after that time; returns at once when it ends. */
    boolean runsFor(Duration time) {
        try {
            return !child.orElseThrow().process().waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its exit status, when it has ended by itself and all that it had written is read. */
    int awaitEnd(Duration most) {
        int code = child.orElseThrow().exitCode(most);
        awaitReader();
        return code;
    }

    /** kill -9; returns when all that it had written is read. */
    void kill() {
        child.orElseThrow().killAndWait();
        awaitReader();
    }

    /** SIGTERM; returns its exit status when all that it had written is read. */
    int terminate() {
        child.orElseThrow().signal("TERM");
        int code = child.orElseThrow().exitCode(Duration.ofSeconds(15));
        awaitReader();
        return code;
    }

    /** SIGTERM until it ends; returns its exit status. */
    int terminateAgainAndAgain() {
        Awaitility.await("its end")
                .pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    child.filter(Child::alive).ifPresent(running -> running.signal("TERM"));
                    return !child.orElseThrow().alive();
                });
        awaitReader();
        return child.orElseThrow().exitCode(Duration.ZERO);
    }

    /** SIGSTOP. */
    void stop() {
        child.orElseThrow().signal("STOP");
    }

    /** SIGCONT. */
    void cont() {
        child.orElseThrow().signal("CONT");
    }

    /** How many lines of its log so far contain that text. */
    long logged(String text) {
        try (Stream<String> lines = Files.lines(folder.resolve("stderr.txt"))) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String stderr() {
        return Child.tail(folder.resolve("stderr.txt"), 40);
    }

    @Override
    public void close() {
        child.filter(Child::alive).ifPresent(Child::killAndWait);
    }

    private void awaitReader() {
        try {
            reader.orElseThrow().join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
