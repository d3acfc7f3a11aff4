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
        return of(folder, TocsinProcess.command(arguments));
    }

    /** @param command a whole one, see {@link TocsinProcess#command} */
    static Ran of(Path folder, List<String> command) {
        return tool(folder, quick(command));
    }

    /** Another program than ours. */
    static Ran tool(Path folder, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            Child child = Child.start(command.get(0), command, folder, err, ProcessBuilder.Redirect.to(out.toFile()));
            try {
                int code = child.exitCode(Duration.ofSeconds(60));
                return new Ran(code, Files.readString(out), Files.readString(err));
            } finally {
                child.process().destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* Short lives on few cores: start quickly rather than run fast. */
    private static List<String> quick(List<String> command) {
        List<String> quick = new ArrayList<>(command);
        quick.add(quick.indexOf("-jar"), "-XX:TieredStopAtLevel=1");
        return quick;
    }
}
