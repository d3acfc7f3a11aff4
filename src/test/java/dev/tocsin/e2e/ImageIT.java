package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The image's command line in a tree laid out like the image: as its user, with a root that cannot be written to. */
final class ImageIT {
    /* Beans, SQL types, verticles in source form and events of Netty: what libraries offer and we do not use. */
    private static final Set<String> LEFT_OUT = Set.of("java.compiler", "java.desktop", "java.sql", "jdk.jfr");

    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    void itRunsAsNobodyOnAReadOnlyRootAndIsLookedAfter() throws Exception {
        if (Kernel.lacks("mount-namespace", "ImageIT")) {
            return;
        }
        world.serve(Map.of("checkout", 2));
        ImageRoot image = new ImageRoot(folder).build();
        try (SecureServer secure = new SecureServer(folder, image.etc().resolve("ca.pem"))) {
            Files.writeString(image.etc().resolve("tocsin.yaml"), """
                    sources:
                      - {kind: prometheus, url: "%s"}
                      - {kind: prometheus, url: "%s", tls_config: {ca_file: ca.pem}}
                    """.formatted(
                            world.server().url().replace("127.0.0.1", "localhost"), secure.url()));

            Child run = image.start(Map.of("JDK_JAVA_OPTIONS", "-Xshare:on"));
            try {
                Awaitility.await("both answered").atMost(ofSeconds(60)).untilAsserted(() -> assertThat(image.stderr())
                        .contains("2 of 2 sources answered"));
                assertConfined(image);
                assertLookedAfter(image);

                image.signal(image.container().stopSignal());
                assertThat(run.exitCode(ofSeconds(10))).isZero();
            } finally {
                run.process().destroyForcibly();
            }
            assertThat(image.stderr()).doesNotContain("ERROR", "Read-only", "Permission", "[cds]");
            assertThat(new FileLog(image.data()).read("watermarks")).isNotEmpty();
        }
    }

    @Test
    void theRuntimeHasTheModulesThatTheJarUses() {
        StringWriter found = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(found),
                        new PrintWriter(System.err),
                        "--multi-release",
                        "17",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        TocsinProcess.jar().toString());
        Set<String> used = Set.of(found.toString().strip().split(",")).stream()
                .filter(module -> !LEFT_OUT.contains(module))
                .collect(Collectors.toSet());

        assertThat(new ImageRoot(folder).modules()).containsAll(used);
    }

    private static void assertConfined(ImageRoot image) throws IOException {
        Map<String, String> status = Files.readAllLines(Path.of("/proc", image.pid(), "status")).stream()
                .map(line -> line.split(":\\s*", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        assertThat(status.get("Uid")).startsWith("65532\t65532\t65532");
        assertThat(status).containsEntry("CapEff", "0000000000000000").containsEntry("NoNewPrivs", "1");
        assertThat(Command.run(Command.asRoot("cat", "/proc/" + image.pid() + "/maps")))
                .as("the archive is mapped")
                .contains("tocsin.jsa");
        for (String place : List.of("/x", "/etc/tocsin/x", "/opt/tocsin/x", "/opt/java/x", "/usr/x")) {
            assertThat(image.exec(List.of("touch", place)).out()).contains("Read-only file system");
        }
        assertThat(image.exec(List.of("find", "/tmp", "-mindepth", "1")).out()).isEmpty();
        assertThat(image.exec(List.of("find", "/data", "-mindepth", "1", "-maxdepth", "1"))
                        .out()
                        .lines())
                .containsExactlyInAnyOrder("/data/log", "/data/epoch", "/data/format", "/data/lock");
    }

    private static void assertLookedAfter(ImageRoot image) {
        awaitHealth(image, 0);
        image.signal("STOP");
        awaitHealth(image, 1);
        assertThat(image.exec(image.container().healthcheck()).out()).contains("stands still");
        image.signal("CONT");
        awaitHealth(image, 0);
    }

    private static void awaitHealth(ImageRoot image, int code) {
        Awaitility.await("healthcheck says " + code)
                .atMost(ofSeconds(60))
                .pollInterval(ofSeconds(1))
                .until(() -> image.exec(image.container().healthcheck()).code() == code);
    }
}
