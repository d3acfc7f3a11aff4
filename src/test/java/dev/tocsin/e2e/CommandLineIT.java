package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar as its users call it. */
final class CommandLineIT {
    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    void versionPrintsVersionAndJdk() {
        Ran ran = Ran.jar(folder, "--version");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("tocsin 0.1.0").contains(System.getProperty("java.version"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theConfigurationsThatShipHaveNoMistake() {
        Path conf = Path.of("conf").toAbsolutePath();

        Ran ran = Ran.jar(
                folder,
                "check-config",
                conf.resolve("tocsin.yaml").toString(),
                conf.resolve("minimal.yaml").toString());

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }

    @Test
    void checkConfigTellsEveryMistakeWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), """
                sources:
                  - {name: a, kind: prometheus, url: "http://127.0.0.1:9090", interval: 15}
                  - {name: a, kind: prometheus, url: "ftp://127.0.0.1:9090"}
                sorces: []
                """);

        Ran ran = Ran.jar(folder, "check-config", "a.yaml");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out() + ran.err())
                .contains("a.yaml:2:")
                .contains("sources[0].interval")
                .contains("a.yaml:3:")
                .contains("a.yaml:4:1: sorces");
    }

    @Test
    void runWithNothingToWatchIsAMistake() {
        Ran ran = Ran.jar(folder, "run");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--prometheus");
    }

    @Test
    @DisplayName("F69: a second process on the same data does not start")
    void aSecondProcessOnTheSameDataDoesNotStart() {
        world.serve(Map.of("node", 2));
        world.watch();

        Ran ran = Ran.jar(
                folder,
                "run",
                "--prometheus",
                world.server().url(),
                "--data",
                world.tocsin().data().toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains(world.tocsin().data().toString());
    }

    @Test
    void withoutAFileItWatchesAServerAndTellsAPerson() {
        world.serve(Map.of("checkout", 4, "node", 8));
        Path out = folder.resolve("out.txt");
        Child run = Child.start(
                "tocsin",
                TocsinProcess.command("run", "--prometheus", world.server().url()),
                folder,
                folder.resolve("err.txt"),
                ProcessBuilder.Redirect.to(out.toFile()));
        try {
            Awaitility.await("progress").atMost(ofSeconds(30)).until(() -> Child.tail(folder.resolve("err.txt"), 10)
                    .contains("1 of 1 source answered"));
            world.job("checkout").forEach(Exporter::refuse);
            Awaitility.await("a line about checkout").atMost(ofSeconds(60)).until(() -> Child.tail(out, 10)
                    .contains("checkout"));

            run.signal("TERM");
            assertThat(run.exitCode(ofSeconds(10))).isZero();
            assertThat(Child.tail(out, 10)).contains("refused");
            assertThat(folder.resolve("data/log/outages")).isDirectory();
        } finally {
            run.process().destroyForcibly();
        }
    }
}
