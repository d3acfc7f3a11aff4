package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The files that put it into service, as the programs that they are for read them. */
final class ShippedFilesIT {
    private static final Path UNIT = Path.of("conf/tocsin.service");
    private static final String EXPOSURE_MAX = "20"; // of 100; 14 on systemd 252

    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    void systemdUnderstandsTheUnit() throws IOException {
        Path here = Files.writeString(folder.resolve("tocsin.service"), unit());

        assertThat(Command.run(Tool.SYSTEMD_ANALYZE.path(), "verify", here.toString()))
                .isEmpty();

        Files.writeString(here, unit().replace("ProtectHome=yes", "ProtectHouse=yes"));
        assertThat(Command.run(Tool.SYSTEMD_ANALYZE.path(), "verify", here.toString()))
                .as("what a mistake looks like")
                .contains("ProtectHouse");
    }

    @Test
    void systemdFindsTheUnitConfined() {
        Command.run(
                Tool.SYSTEMD_ANALYZE.path(),
                "security",
                "--offline=true",
                "--threshold=" + EXPOSURE_MAX,
                UNIT.toAbsolutePath().toString());
    }

    @Test
    void theUnitsCommandWatchesAndEndsInTime() throws IOException {
        world.serve(Map.of("node", 2));
        Files.writeString(
                folder.resolve("tocsin.yaml"),
                "sources: [{kind: prometheus, url: \"" + world.server().url() + "\"}]\n");
        String command = setting("ExecStart").replace("/etc/tocsin/", folder + "/");
        Path said = folder.resolve("stderr.txt");

        Child run =
                Child.start("the service", List.of(command.split(" ")), folder, said, ProcessBuilder.Redirect.DISCARD);

        try {
            Awaitility.await("an answer").atMost(ofSeconds(60)).until(() -> Child.tail(said, 10)
                    .contains("1 of 1 source answered"));
            run.signal("TERM");
            assertThat(run.exitCode(ofSeconds(10))).isZero();
            assertThat(setting("TimeoutStopSec")).isEqualTo("15s");
        } finally {
            run.process().destroyForcibly();
        }
    }

    @Test
    void promtoolUnderstandsTheConfigurationBesideIt() {
        assertThat(Command.run(Tool.PROMTOOL.path(), "check", "config", "docker/prometheus.yml"))
                .contains("SUCCESS");
    }

    @Test
    void theConfigurationOfTheCompositionHasNoMistake() {
        Ran ran = Ran.jar(
                folder,
                "check-config",
                Path.of("docker/tocsin.yaml").toAbsolutePath().toString());

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }

    /* With the paths of this machine in place of those of an installation. */
    private String unit() throws IOException {
        return Files.readString(UNIT)
                .replace("/usr/bin/java", TocsinProcess.java())
                .replace("/opt/tocsin/tocsin.jar", TocsinProcess.jar().toString())
                .replace("--data /var/lib/tocsin", "--data " + folder.resolve("data"));
    }

    private String setting(String key) throws IOException {
        return unit().lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
