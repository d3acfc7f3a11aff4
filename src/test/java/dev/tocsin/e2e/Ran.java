package dev.tocsin.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A command of the jar that ran to its end. Immutable. */
record Ran(int code, String out, String err) {
    static Ran jar(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                TocsinProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                TocsinProcess.jar().toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Child child = Child.start("tocsin", command, folder, err, ProcessBuilder.Redirect.to(out.toFile()));
        int code;
        try {
            code = child.exitCode(Duration.ofSeconds(30));
        } finally {
            child.process().destroyForcibly();
        }
        try {
            return new Ran(code, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
