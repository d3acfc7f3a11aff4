package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short command of the system that ran to its end. Immutable. */
record Command(int code, String out) {
    /** Fails when the command does; returns what it said. */
    static String run(String... command) {
        Command ran = of(List.of(command));
        assertThat(ran.code).as(String.join(" ", command) + "\n" + ran.out).isZero();
        return ran.out;
    }

    static Command of(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as(command + " ends")
                    .isTrue();
            return new Command(process.exitValue(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The command as root runs it: as it is, or by sudo. */
    static String[] asRoot(String... command) {
        List<String> all = new ArrayList<>(root() ? List.of() : List.of("sudo", "-n"));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
