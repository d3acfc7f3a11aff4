package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What stands on stdout, and what happens when nobody reads it. */
final class StdoutIT {
    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    void aReaderThatHasSeenEnoughEndsItQuietly() throws IOException {
        world.serve(Map.of("node", 2));
        Path err = folder.resolve("err.txt");
        Child run = Child.start(
                "tocsin",
                TocsinProcess.command(
                        "run", "--prometheus", world.server().url(), "-o", "ndjson", "--streams", "health,watermarks"),
                folder,
                err,
                ProcessBuilder.Redirect.PIPE);
        try (BufferedReader stdout = run.process().inputReader(StandardCharsets.UTF_8)) {
            assertThat(stdout.readLine()).startsWith("{\"specversion\":\"1.0\"");
        }

        try {
            assertThat(run.exitCode(ofSeconds(30))).isZero();
            assertThat(Files.readString(err)).doesNotContain("Exception").doesNotContain("ERROR");
        } finally {
            run.process().destroyForcibly();
        }
    }

    @Test
    void aDeviceThatIsFullEndsItWithAWord() throws IOException {
        world.serve(Map.of("node", 2));
        Path err = folder.resolve("err.txt");
        Child run = Child.start(
                "tocsin",
                TocsinProcess.command("run", "--prometheus", world.server().url(), "--streams", "health,watermarks"),
                folder,
                err,
                ProcessBuilder.Redirect.to(new File("/dev/full")));

        try {
            assertThat(run.exitCode(ofSeconds(30))).isEqualTo(1);
            assertThat(Files.readString(err))
                    .contains("stdout cannot be written")
                    .doesNotContain("Exception");
        } finally {
            run.process().destroyForcibly();
        }
    }
}
