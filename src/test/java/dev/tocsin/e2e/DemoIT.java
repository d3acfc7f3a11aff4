package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.Approved;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code demo} of the real jar. */
final class DemoIT {
    private static final Path STORIES = Path.of("src/test/resources/scenarios").toAbsolutePath();

    @TempDir
    Path folder;

    /* The player of the story holds outages, causes, members and their order; what is approved is how it reads. */
    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void theStoryIsToldAsItExpectsAndReadsAsApproved(int width) throws IOException {
        Child demo = start("--width", "" + width);

        assertThat(demo.exitCode(ofSeconds(150))).as(this::said).isZero();

        assertThat(said())
                .contains("demo: 9 outages and 3 findings; nothing is left open")
                .contains("demo: it was told as the story expects, and nothing else was");
        String told = Files.readString(folder.resolve("out.txt"));
        assertThat(told.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= width);
        Approved.isSame("demo/width-" + width + ".txt", MaskedDemo.of(told));
    }

    /** Stories of all kinds that are told over HTTP as they are in virtual time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "health/a-list-that-is-empty-altogether",
                "health/a-name-that-is-not-known-is-dns",
                "health/a-reload-that-edits-a-job-costs-nothing",
                "health/a-short-wal-replay-costs-nothing",
                "health/a-draining-server-is-stopping",
                "traefik/a-reload-is-no-recovery",
                "traefik/a-plain-save-of-the-file-costs-nothing",
                "traefik/one-replica-that-is-cut-off-is-a-disagreement"
            })
    void aStoryIsToldOverHttpAsInVirtualTime(String story) {
        Child demo = start(
                "-o",
                "none",
                "--speed",
                "5",
                "--scenario",
                STORIES.resolve(story + ".scenario").toString());

        assertThat(demo.exitCode(ofSeconds(120))).as(this::said).isZero();

        assertThat(said()).contains("demo: it was told as the story expects, and nothing else was");
    }

    @Test
    void aStoryThatIsNotToldAsItExpectsEndsWithOneAndSaysWhere() throws IOException {
        Path story = Files.writeString(folder.resolve("wrong.scenario"), """
                title An outage that nobody makes
                source prom-a
                job api has 3 instances
                scrape every 1s timeout 1s
                poll every 1s
                at 2s
                  expect outage api opened within 3s
                """);

        Child demo = start("--scenario", story.toString());

        assertThat(demo.exitCode(ofSeconds(60))).isEqualTo(1);
        assertThat(said())
                .contains("demo: it was not told as the story expects:")
                .contains("wrong.scenario:7:3: expect outage api opened within 3s");
    }

    @Test
    void aReaderThatHasSeenEnoughEndsItQuietly() throws IOException {
        Child demo = start(ProcessBuilder.Redirect.PIPE, "-o", "ndjson", "--streams", "health");
        try (BufferedReader stdout = demo.process().inputReader(StandardCharsets.UTF_8)) {
            assertThat(stdout.readLine()).startsWith("{\"specversion\":\"1.0\"");
        }

        try {
            assertThat(demo.exitCode(ofSeconds(60))).as(this::said).isZero();
            assertThat(said()).doesNotContain("Exception").doesNotContain("ERROR");
        } finally {
            demo.process().destroyForcibly();
        }
    }

    @Test
    void ctrlCStopsItWithItsNumbersAndLeavesNothingBehind() {
        Child demo = start();
        try {
            Awaitility.await("something done to the fleet")
                    .atMost(ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> said().contains("demo: at 4s: target checkout/3 refuses for 9s"));
            demo.signal("INT");

            assertThat(demo.exitCode(ofSeconds(15))).as(this::said).isZero();
            assertThat(said())
                    .contains("demo: the story was left before its end")
                    .contains("demo: 0 outages and");
            assertThat(folder.resolve("tmp")).isEmptyDirectory();
        } finally {
            demo.process().destroyForcibly();
        }
    }

    private Child start(String... arguments) {
        return start(ProcessBuilder.Redirect.to(folder.resolve("out.txt").toFile()), arguments);
    }

    private Child start(ProcessBuilder.Redirect out, String... arguments) {
        Path tmp = folder.resolve("tmp");
        tmp.toFile().mkdir();
        List<String> command = new ArrayList<>(List.of(
                TocsinProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + tmp,
                "-jar",
                TocsinProcess.jar().toString(),
                "demo"));
        command.addAll(List.of(arguments));
        return Child.start("demo", command, folder, folder.resolve("err.txt"), out);
    }

    private String said() {
        return Child.tail(folder.resolve("err.txt"), 500);
    }
}
