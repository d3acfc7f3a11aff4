package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Schemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TocsinCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<TocsinConfig> configs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();

    @Test
    void aUrlAloneRuns() {
        assertThat(execute("run", "--prometheus", "http://h:9090", "http://i:9090", "--data", "d"))
                .isZero();

        assertThat(configs.get(0).sources()).extracting(s -> s.source().name()).containsExactly("h:9090", "i:9090");
        assertThat(configs.get(0).data()).isEqualTo(folder.resolve("d"));
        assertThat(outputs.get(0).form()).isEqualTo(Output.Form.TEXT);
        assertThat(outputs.get(0).streams()).containsExactlyInAnyOrder(Stream.OUTAGES, Stream.FINDINGS);
        assertThat(outputs.get(0).colour()).isFalse();
    }

    @Test
    void optionsStandOverTheFile() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), "sources: [{kind: prometheus, url: \"http://h:1\"}]\ndata: x\n");

        assertThat(execute(
                        "run",
                        "-c",
                        "t.yaml",
                        "-o",
                        "ndjson",
                        "--streams",
                        "health,watermarks",
                        "--data",
                        "d",
                        "--kafka",
                        "none",
                        "--listen",
                        "none"))
                .isZero();

        assertThat(configs.get(0).data()).isEqualTo(folder.resolve("d"));
        assertThat(outputs)
                .containsExactly(
                        new Output(Output.Form.NDJSON, java.util.Set.of(Stream.HEALTH, Stream.WATERMARKS), false, 0));
    }

    @Test
    void theStatusOfTheMonitorIsOurs() {
        CommandLine line = line((config, output, company) -> 1);

        assertThat(line.execute("run", "--prometheus", "http://h")).isEqualTo(1);
    }

    @Test
    void aBugIsNeverTakenForAnOutage() {
        CommandLine line = line((config, output, company) -> {
            throw new IllegalStateException("a bug that this test makes");
        });

        assertThat(line.execute("run", "--prometheus", "http://h")).isEqualTo(70);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "follow                             | got nothing to follow, want --kafka HOST:PORT or -c FILE",
                "follow --kafka none                | got no brokers, want --kafka HOST:PORT or kafka.bootstrap",
                "follow --kafka h                   | --kafka: got \"h\", want",
                "follow --kafka h:1 --streams jobs  | got \"jobs\", want one of health, outages",
                "follow --kafka h:1 --from end      | expected one of [BEGINNING, NOW]",
                "follow -c nowhere.yaml             | nowhere.yaml: ",
            })
    void whatCannotBeFollowedIsAMistake(String command, String mistake) {
        assertThat(execute(command.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(mistake);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "--listen 127.0.0.1:8686")
    void optionsThatAreNotBuiltSaySo(String option) {
        assertThat(execute(("run --prometheus http://h " + option).split(" "))).isEqualTo(2);

        assertThat(err.toString()).isEqualTo(option.split(" ")[0] + ": not in this version" + System.lineSeparator());
        assertThat(configs).isEmpty();
    }

    @Test
    void usageMistakesSayWhatWasWanted() {
        assertThat(execute("run")).isEqualTo(2);
        assertThat(err.toString()).startsWith("got no server, want -c FILE, --prometheus URL or --traefik URL");
        assertThat(execute("run", "--streams", "outage", "--prometheus", "http://h"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("got \"outage\", want one of health, outages, findings, watermarks");
        assertThat(execute("run", "--promtheus", "http://h")).isEqualTo(2);
        assertThat(err.toString()).contains("--promtheus").contains("--prometheus");
        assertThat(execute("check-confg")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: tocsin check-config");
        assertThat(execute()).isEqualTo(2);
    }

    @Test
    void mistakesOfTheFileEndARunBeforeItBegins() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), "sources: [{kind: prometheus, url: \"h\"}]\n");

        assertThat(execute("run", "-c", "t.yaml")).isEqualTo(2);

        assertThat(err.toString()).startsWith("t.yaml:1:35: sources[0].url: got \"h\", want an http");
        assertThat(configs).isEmpty();
    }

    @Test
    void allMistakesOfAllFilesAreTold() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "data: 1\n");
        Files.writeString(folder.resolve("b.yaml"), "sources: [{kind: prometheus, url: \"http://h\"}]\n");
        Files.writeString(folder.resolve("c.yaml"), "x: 1\nsources: [{kind: prometheus, url: \"http://h\"}]\n");

        assertThat(execute("check-config", "a.yaml", "b.yaml", "c.yaml")).isEqualTo(2);
        assertThat(out.toString().lines())
                .containsExactly(
                        "a.yaml:1:1: sources: got none, want at least one source (or --prometheus URL, --traefik URL)",
                        "a.yaml:1:7: data: got 1, want a path of a file or folder",
                        "b.yaml: ok",
                        "c.yaml:1:1: x: got an unknown key, want one of sources, node, outages, join, kafka, http, data, limits");
        assertThat(execute("check-config", "b.yaml")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run", "demo", "triage", "follow", "check-config", "classify", "schema", "completion", "help"})
    void everyCommandHasHelpThatFitsOnAScreen(String command) {
        assertThat(execute(command, "--help")).isZero();

        assertThat(out.toString().lines())
                .hasSizeLessThan(40)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .contains("Options:", "Exit status:", "Examples:");
        assertThat(out.toString()
                        .substring(out.toString().indexOf("Examples:"))
                        .lines()
                        .skip(1))
                .hasSizeBetween(2, 4)
                .allMatch(line -> line.startsWith("  "));
        assertThat(out.toString()).startsWith("Usage: tocsin " + command);
        String help = out.toString();
        out.getBuffer().setLength(0);
        if (!command.equals("help")) { // without a command it is that of the program
            assertThat(execute("help", command)).isZero();
            assertThat(out.toString()).isEqualTo(help);
        }
    }

    @Test
    void theHelpOfTheProgramListsItsCommands() {
        assertThat(execute("--help")).isZero();

        assertThat(out.toString().lines()).hasSizeLessThan(40).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        assertThat(out.toString())
                .contains(
                        "\n  run ",
                        "\n  demo ",
                        "\n  triage ",
                        "\n  follow ",
                        "\n  check-config ",
                        "\n  classify ",
                        "\n  schema ",
                        "\n  completion ");
    }

    @Test
    void withoutACommandUsageIsTold() {
        assertThat(execute()).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("got no command, want one of run, demo, triage, follow, check-config, classify,"
                        + " schema, completion, help")
                .contains("Usage: tocsin");
    }

    @ParameterizedTest
    @CsvSource({
        "--promtheus, --prometheus",
        "--outptu, --output",
        "--confg, --config",
    })
    void aMistypedOptionIsToldTheRightOne(String mistyped, String meant) {
        assertThat(execute("run", mistyped)).isEqualTo(2);

        assertThat(err.toString())
                .contains("Unknown option: '" + mistyped + "'")
                .contains(meant);
    }

    @Test
    void helpOfACommandThatIsNotThereIsAMistake() {
        assertThat(execute("help", "clasify")).isEqualTo(2);
        assertThat(err.toString()).startsWith("got \"clasify\" (did you mean classify?), want one of run, ");
        assertThat(execute("help", "--hepl")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(execute("help")).isZero();
        assertThat(out.toString()).startsWith("Usage: tocsin [-hV] [COMMAND]");
    }

    @Test
    void aMistakeThatATerminalWouldObeyIsTamed() {
        assertThat(execute("classify", "-\u001b[31mx")).isEqualTo(2);

        assertThat(err.toString()).contains("-\\u001b[31mx").contains("tocsin classify --help");
    }

    @Test
    void everySchemaIsPrintedByItsName() throws IOException {
        assertThat(SchemaName.names())
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("config", "asyncapi"), Schemas.NAMES.stream())
                        .toList());
        for (String name : SchemaName.names()) {
            out.getBuffer().setLength(0);

            assertThat(execute("schema", name)).isZero();

            assertThat(out.toString()).endsWith("}\n");
            JsonNode printed = new ObjectMapper().readTree(out.toString());
            assertThat(name.equals("asyncapi") ? printed.path("asyncapi") : printed.path("$id"))
                    .isEqualTo(TextNode.valueOf(
                            name.equals("asyncapi") ? "3.0.0" : "https://tocsin.dev/schema/" + name + ".v1.json"));
        }
    }

    @Test
    void aSchemaThatIsNotThereIsAMistake() {
        assertThat(execute("schema", "outag")).isEqualTo(2);
        assertThat(err.toString())
                .contains("got \"outag\" (did you mean outage?), want one of")
                .contains("  watermark");
        err.getBuffer().setLength(0);
        assertThat(execute("schema")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("schema: got no NAME, want one of")
                .contains("  config ");
        err.getBuffer().setLength(0);
        assertThat(execute("schema", "openapi")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("schema openapi: not in this version" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theCompletionIsForAllCommands() {
        assertThat(execute("completion")).isZero();

        assertThat(out.toString())
                .startsWith("#!")
                .contains("complete -F _complete_tocsin")
                .contains("local commands=\"run demo triage follow check-config classify schema completion help\"")
                .doesNotContain("\r");
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).contains("tocsin ").contains("jdk ").contains("commit ");
        assertThat(execute("run", "--help")).isZero();
        assertThat(out.toString()).contains("--prometheus").contains("Exit status");
    }

    private int execute(String... arguments) {
        return line((config, output, company) -> {
                    configs.add(config);
                    outputs.add(output);
                    return 0;
                })
                .execute(arguments);
    }

    private CommandLine line(Monitor monitor) {
        CommandLine line = TocsinCommand.commandLine(
                new ConfigLoader(Map.of(), "host-1", folder), monitor, Stopping.NEVER, Map.of("NO_COLOR", "1"));
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }
}
