package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.health.SourceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code demo} gives the monitor, and what it refuses before it begins. */
final class DemoCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<TocsinConfig> configs = new ArrayList<>();
    private final List<Company> companies = new ArrayList<>();

    @Test
    void theMonitorWatchesAFleetThatAnswersOnLoopback() {
        List<Integer> statuses = new ArrayList<>();
        Monitor monitor = (config, output, company) -> {
            companies.add(company);
            configs.add(config);
            for (SourceConfig source : config.sources()) {
                boolean balances = source.source().kind() == SourceKind.TRAEFIK;
                String path = balances ? "/api/http/services" : "/api/v1/targets?state=active";
                var url = source.url().resolve(path).toURL();
                statuses.add(((HttpURLConnection) url.openConnection()).getResponseCode());
            }
            assertThat(config.data()).isDirectory();
            return 0;
        };

        assertThat(execute(monitor, "demo", "--speed", "7")).isZero();

        TocsinConfig config = configs.get(0);
        assertThat(statuses).containsExactly(200, 200, 200, 200, 200);
        assertThat(config.sources().stream()
                        .map(source ->
                                source.source().name() + " " + source.source().cluster()))
                .containsExactly("prom-a eu-1", "prom-b eu-1", "prom-c us-1", "edge-1 eu-1", "edge-2 eu-1");
        assertThat(config.sources()).allMatch(source -> source.interval().equals(Duration.ofSeconds(1)));
        assertThat(config.outages().confirmMax()).isEqualTo(Duration.ofSeconds(5));
        assertThat(companies.get(0).clock().pace()).isEqualTo(7);
        assertThat(config.data()).doesNotExist();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("demo: prom-a is http://127.0.0.1:")
                .contains("demo: the story was left before its end");
    }

    @Test
    void aFolderThatWasNamedStays() {
        Path data = folder.resolve("kept");

        assertThat(execute(
                        (config, output, company) -> {
                            Files.createDirectories(config.data());
                            return 0;
                        },
                        "demo",
                        "--data",
                        data.toString()))
                .isZero();

        assertThat(data).isDirectory();
    }

    @Test
    void theStatusOfAMonitorThatCouldNotGoOnIsOurs() {
        assertThat(execute((config, output, company) -> 1, "demo")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "21", "-3"})
    void aSpeedThatNoMachineFollowsIsRefused(String speed) {
        assertThat(execute("demo", "--speed", speed)).isEqualTo(2);

        assertThat(err.toString()).contains("--speed: got " + speed + ", want 1 to 20");
    }

    @Test
    void aWidthThatHoldsNothingIsRefused() {
        assertThat(execute("demo", "--width", "39")).isEqualTo(2);

        assertThat(err.toString()).contains("--width: got 39, want 40 to 1000, or 0");
    }

    @Test
    void everyMistakeOfAStoryIsToldWithItsPlace() throws IOException {
        Path story = story("""
                title Mistakes
                source prom-a
                job api has 3 instances
                at 1m job apy refuses
                at 2m source prom-b blind
                  expect nothing for 10s
                """);

        assertThat(execute("demo", "--scenario", story.toString())).isEqualTo(2);

        assertThat(err.toString().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith(story + ":4:11: got apy, want "))
                .anySatisfy(line -> assertThat(line).startsWith(story + ":5:14: got prom-b, want "));
        assertThat(configs).isEmpty();
    }

    @Test
    void whatOnlyVirtualTimeCanPlayIsRefusedBeforeItBegins() throws IOException {
        Path story = story("""
                title Our own troubles
                source prom-a
                job api has 3 instances
                at 1m tocsin stalls 30s
                at 2m source prom-a nameless for 1m
                  expect nothing for 10s
                at 4m tocsin dies for 1m
                  expect nothing for 10s
                """);

        assertThat(execute("demo", "--scenario", story.toString())).isEqualTo(2);

        assertThat(err.toString().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith(story + ":4:1: got at 1m tocsin stalls 30s, want "))
                .anySatisfy(line -> assertThat(line).startsWith(story + ":5:1: got at 2m source prom-a nameless"))
                .anySatisfy(line -> assertThat(line).startsWith(story + ":7:1: got at 4m tocsin dies for 1m, want "));
    }

    @Test
    void aFileThatIsNoneIsAMistake() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});

        assertThat(execute("demo", "--scenario", "nowhere.scenario")).isEqualTo(2);
        assertThat(execute("demo", "--scenario", folder.toString())).isEqualTo(2);
        assertThat(execute("demo", "--scenario", binary.toString())).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "nowhere.scenario:1:1: got no such file, want a story",
                        folder + ":1:1: got a folder, want a story",
                        binary + ":1:1: got bytes that are no UTF-8, want a story");
    }

    @ParameterizedTest
    @ValueSource(strings = "--listen 127.0.0.1:8686")
    void whatIsNotBuiltSaysSo(String option) {
        assertThat(execute(("demo " + option).split(" "))).isEqualTo(2);

        assertThat(err.toString()).isEqualTo(option.split(" ")[0] + ": not in this version" + System.lineSeparator());
    }

    @Test
    void brokersOfOthersAreNoPlaceForADemo() {
        assertThat(execute("demo", "--kafka", "h:9092")).isEqualTo(2);

        assertThat(err.toString()).startsWith("--kafka: got \"h:9092\", want none or embedded");
    }

    private Path story(String text) throws IOException {
        return Files.writeString(folder.resolve("story.scenario"), text);
    }

    private int execute(String... arguments) {
        return execute(
                (config, output, company) -> {
                    configs.add(config);
                    return 0;
                },
                arguments);
    }

    private int execute(Monitor monitor, String... arguments) {
        return TocsinCommand.commandLine(
                        new ConfigLoader(Map.of(), "host-1", folder), monitor, Stopping.NEVER, Map.of("NO_COLOR", "1"))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
