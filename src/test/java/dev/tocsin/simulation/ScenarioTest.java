package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.scenario.Failure;
import dev.tocsin.scenario.Player;
import dev.tocsin.scenario.Scenario;
import dev.tocsin.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios of {@code src/test/resources/scenarios}, each played in virtual time. */
class ScenarioTest {
    static final Path FOLDER = Path.of("src/test/resources/scenarios");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".scenario"))
                    .map(FOLDER::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void itIsToldAsTheScenarioSays(Path file) throws IOException {
        Scenario scenario = play(file.toString(), Files.readString(FOLDER.resolve(file)));

        assertThat(scenario.promises()).as("what it proves").isNotEmpty();
    }

    @Test
    void theStoryOfTheirPageIsTold() throws IOException {
        play("README.md", Files.readString(FOLDER.resolve("README.md")).split("```\n")[1]);
    }

    @Test
    void theStoryOfTheDemoIsToldInVirtualTimeToo() throws IOException {
        Path demo = Path.of("src/main/resources/dev/tocsin/sim/demo.scenario");

        play(demo.toString(), Files.readString(demo));
    }

    private static Scenario play(String name, String text) {
        ScenarioReader.Read read = ScenarioReader.read(name, text);
        assertThat(read.mistakes()).isEmpty();
        Scenario scenario = read.scenario().orElseThrow();
        VirtualStage stage = new VirtualStage(scenario.setting());
        Optional<Failure> failure = Player.play(scenario, stage);
        assertThat(failure.map(Failure::toString)).isEmpty();
        KeyOrder order = new KeyOrder();
        stage.world().us().records().forEach(told -> order.see(told.event()));
        return scenario;
    }
}
