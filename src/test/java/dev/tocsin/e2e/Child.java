package dev.tocsin.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process and the signals it gets. Ends with us. Confined: the test's thread. */
final class Child {
    private final Process process;
    private final String name;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    static Child start(String name, List<String> command, Path folder, Path err, ProcessBuilder.Redirect out) {
        Child child = talking(name, command, folder, err, out);
        try {
            child.process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return child;
    }

    /** One that reads what we {@link #tell} it: its standard input ends when we do, however that is. */
    static Child talking(String name, List<String> command, Path folder, Path err, ProcessBuilder.Redirect out) {
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out)
                    .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
            Process process = builder.start();
            /* A test JVM that is ended from outside must not leave servers behind. */
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Child(name, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    Process process() {
        return process;
    }

    /** Gives it a line and returns its answer. */
    String tell(String order) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(order)
                    .append('\n')
                    .flush();
            return line();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + order, e);
        }
    }

    /** The next line that it says, on a standard output that nobody else reads. */
    String line() {
        try {
            return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code KILL}, {@code TERM}, {@code STOP}, {@code CONT}, {@code HUP}. */
    void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("kill -" + signal + " " + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end. */
    int exitCode(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still runs after " + within);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void killAndWait() {
        signal("KILL");
        exitCode(Duration.ofSeconds(10));
    }

    /** The last lines of a file, for people who read a failed test. */
    static String tail(Path file, int lines) {
        try {
            List<String> all = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + file + ": " + e + ")";
        }
    }
}
