package dev.tocsin.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a kernel may refuse to a test, and the probe that tells: {@code kernel-may-lack.txt}. */
final class Kernel {
    private static final Path LIST = Path.of("src/test/resources/kernel-may-lack.txt");

    private Kernel() {}

    /** Whether it lacks what a test needs; then it says that the test is not run. Fails for what is not on the list. */
    static boolean lacks(String feature, String test, Tool... tools) {
        /* First: a probe without its program would fail too. */
        List.of(tools).forEach(Tool::path);
        Command probe =
                Command.of(List.of("env", "ROOT=" + (Command.root() ? "" : "sudo -n"), "sh", "-c", probe(feature)));
        if (probe.code() != 0) {
            System.err.printf(
                    "NOT RUN: %s: this kernel offers no %s (%s)%n",
                    test, feature, probe.out().strip());
        }
        return probe.code() != 0;
    }

    private static String probe(String feature) {
        try {
            return Files.readAllLines(LIST).stream()
                    .filter(line -> line.startsWith(feature + " "))
                    .map(line -> line.substring(feature.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(LIST + " does not name " + feature));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
