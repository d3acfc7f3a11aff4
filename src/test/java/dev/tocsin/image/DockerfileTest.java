package dev.tocsin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docker/Dockerfile}, held against the tree that it is built from. */
final class DockerfileTest {
    private static final Set<String> KEYWORDS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    /* A version, not a name that moves: latest, or 17 alone. */
    private static final String PINNED = "[a-z0-9./-]+:[a-z-]*\\d+\\.\\d+[^:@]*(@sha256:[0-9a-f]{64})?";

    private final Dockerfile file = Dockerfile.read();

    @Test
    void itsInstructionsAreKnownToABuilder() {
        assertThat(file.stages().stream().flatMap(stage -> stage.instructions().stream()))
                .allSatisfy(instruction -> {
                    assertThat(KEYWORDS).contains(instruction.keyword());
                    assertThat(instruction.text()).isNotEmpty();
                });
    }

    @Test
    void stagesAreBuiltOnPinnedImagesOrEarlierStages() {
        Set<String> earlier = new LinkedHashSet<>();
        for (Stage stage : file.stages()) {
            assertThat(stage.base()).satisfiesAnyOf(base -> assertThat(earlier).contains(base), base -> assertThat(base)
                    .matches(PINNED));
            assertThat(borrowed(stage)).allSatisfy(from -> assertThat(earlier).contains(from));
            earlier.add(stage.name());
        }
    }

    @Test
    void whatItTakesFromTheTreeIsThereAndNotIgnored() throws IOException {
        List<String> ignore = Files.readAllLines(Path.of(".dockerignore"));

        assertThat(file.stages().stream().flatMap(DockerfileTest::taken))
                .hasSize(4)
                .allSatisfy(source -> {
                    assertThat(Path.of(source)).exists();
                    assertThat(ignore).as("*, but not what is needed").contains("*", "!" + source);
                });
    }

    @Test
    void itRunsAsNobodyThatHasAName() {
        assertThat(file.container().user()).isEqualTo("65532:65532");
    }

    @Test
    void itRunsAndEndsWithoutAShell() {
        Container container = file.container();

        assertThat(container.command()).startsWith("/opt/java/bin/java").doesNotContain("sh", "/bin/sh");
        assertThat(container.healthcheck()).containsExactly("/opt/tocsin/healthy", "/data");
        assertThat(container.stopSignal()).isEqualTo("SIGTERM");
    }

    @Test
    void itsHealthcheckAndItsArchiveAreRunnable() {
        assertThat(Path.of("docker/healthy")).isExecutable();
        assertThat(file.container().command()).anyMatch(option -> option.startsWith("-XX:SharedArchiveFile="));
    }

    @Test
    void aMistakeIsToldWithItsLine() {
        assertThatThrownBy(() -> Dockerfile.parse(List.of("FROM a:1.0", "", "RUN x \\", "# y")))
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> Dockerfile.parse(List.of("RUN x"))).hasMessageContaining("want FROM");
        assertThatThrownBy(() -> new Instruction(7, "CMD", List.of(), "java -jar x").exec())
                .hasMessageContaining("line 7: CMD");
    }

    private static List<String> borrowed(Stage stage) {
        List<String> from = new ArrayList<>();
        for (Instruction instruction : stage.instructions()) {
            from.addAll(instruction.flag("from"));
            instruction.flag("mount").forEach(mount -> from.addAll(value(mount, "from")));
        }
        return from;
    }

    /** What a stage takes from the folder that is built from. */
    private static Stream<String> taken(Stage stage) {
        List<String> sources = new ArrayList<>();
        for (Instruction instruction : stage.instructions()) {
            boolean copies = instruction.keyword().equals("COPY")
                    || instruction.keyword().equals("ADD");
            if (copies && instruction.flag("from").isEmpty()) {
                sources.addAll(
                        instruction.words().subList(0, instruction.words().size() - 1));
            }
            instruction.flag("mount").stream()
                    .filter(mount -> mount.startsWith("type=bind")
                            && value(mount, "from").isEmpty())
                    .forEach(mount -> sources.addAll(value(mount, "source")));
        }
        return sources.stream();
    }

    private static List<String> value(String mount, String key) {
        return Stream.of(mount.split(","))
                .filter(part -> part.startsWith(key + "="))
                .map(part -> part.substring(key.length() + 1))
                .toList();
    }
}
