package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How every command behaves when something is odd: its options, its files, its stdout, its terminal, a signal. */
final class CommandConductIT {
    private static final String NOTHING_LISTENS = "http://127.0.0.1:1";

    @TempDir
    Path folder;

    /** Commands that are built. */
    static Stream<String> commands() {
        return Stream.of("run", "demo", "triage", "follow", "check-config", "classify", "schema", "completion", "help");
    }

    /** Command lines that print and end; each is written as one would type it. */
    static Stream<String> printing() {
        return Stream.of(
                "--help",
                "--version",
                "run --help",
                "help classify",
                "triage --prometheus " + NOTHING_LISTENS,
                "triage -o json --prometheus " + NOTHING_LISTENS,
                "check-config good.yaml bad.yaml",
                "classify EOF",
                "classify -o ndjson EOF",
                "schema outage",
                "completion");
    }

    /** Command lines that read a file, the last word. */
    static Stream<String> reading() {
        return Stream.of(
                "run -c FILE", "demo --scenario FILE", "triage -c FILE", "follow -c FILE", "check-config FILE");
    }

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), "sources: [{kind: prometheus, url: \"http://h:1\"}]\n");
        Files.writeString(folder.resolve("bad.yaml"), "sorces: []\n");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aMistypedOptionIsToldTheRightOne(String command) {
        Ran ran = jar(command + " --hepl");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("'--hepl'").contains("--help").doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("reading")
    void aFileThatIsNotThereIsNamed(String line) {
        Ran ran = jar(line.replace("FILE", "nowhere.yaml"));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out() + ran.err()).contains("nowhere.yaml").doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("reading")
    void aFolderInPlaceOfAFileIsNamed(String line) throws IOException {
        Files.createDirectory(folder.resolve("folder.yaml"));

        Ran ran = jar(line.replace("FILE", "folder.yaml"));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out() + ran.err()).contains("folder.yaml").doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("reading")
    void aFileThatMayNotBeReadIsNamed(String line) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.yaml"), "sources: []\n");
        Command.run("chmod", "000", secret.toString());
        /* Root reads everything, unless it gives away the right to. */
        List<String> command = new ArrayList<>(
                Command.root() ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search") : List.of());
        command.addAll(TocsinProcess.command(words(line.replace("FILE", "secret.yaml"))));

        Ran ran = run(command);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out() + ran.err()).contains("secret.yaml").doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("printing")
    void aReaderThatWentEndsItQuietly(String line) throws IOException {
        int wanted = jar(line).code();
        Path err = folder.resolve("closed.txt");
        Child child =
                Child.start("tocsin", TocsinProcess.command(words(line)), folder, err, ProcessBuilder.Redirect.PIPE);

        child.process().getInputStream().close();

        assertThat(ended(child)).isEqualTo(wanted);
        assertThat(err).isEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("printing")
    void aDeviceThatIsFullIsTold(String line) throws IOException {
        int own = jar(line).code();
        Path err = folder.resolve("full.txt");
        Child child = Child.start(
                "tocsin",
                TocsinProcess.command(words(line)),
                folder,
                err,
                ProcessBuilder.Redirect.to(new File("/dev/full")));

        assertThat(ended(child)).isEqualTo(own == 0 ? 1 : own);
        assertThat(Files.readString(err))
                .startsWith("stdout cannot be written: ")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("printing")
    void withoutATerminalThereIsNoColour(String line) {
        Ran ran = jar(line);

        assertThat(ran.out()).isNotEmpty();
        assertThat(ran.out() + ran.err()).doesNotContain("\u001b");
    }

    @Test
    void aFolderInPlaceOfTextsIsTold() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$0\" \"$@\" < ."));
        command.addAll(TocsinProcess.command("classify"));

        Ran ran = run(command);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("stdin cannot be read: ").doesNotContain("Exception");
    }

    @Test
    void ctrlCEndsACommandThatWaitsForInput() {
        Path err = folder.resolve("signal.txt");
        Child child = Child.talking(
                "tocsin", TocsinProcess.command("classify", "-o", "ndjson"), folder, err, ProcessBuilder.Redirect.PIPE);
        try {
            assertThat(child.tell("EOF")).contains("\"empty_gzip_body\"");

            child.signal("INT");

            assertThat(child.exitCode(ofSeconds(5))).isEqualTo(130);
            assertThat(err).isEmptyFile();
        } finally {
            child.process().destroyForcibly();
        }
    }

    @Test
    void ctrlCEndsALookThatWaitsForAServer() throws IOException {
        Path err = folder.resolve("signal.txt");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            Child child = Child.start(
                    "tocsin",
                    TocsinProcess.command("triage", "--timeout", "5m", "--prometheus", url),
                    folder,
                    err,
                    ProcessBuilder.Redirect.DISCARD);
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();

                child.signal("INT");

                assertThat(child.exitCode(ofSeconds(5))).isEqualTo(130);
                assertThat(err).isEmptyFile();
            } finally {
                child.process().destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"run --prometheus " + NOTHING_LISTENS + ", 0 of 1 source answered", "demo, 5 of 5 sources answered"})
    void ctrlCEndsAMonitorCleanly(String line, String progress) {
        Path err = folder.resolve("signal.txt");
        Child child =
                Child.start("tocsin", TocsinProcess.command(words(line)), folder, err, ProcessBuilder.Redirect.DISCARD);
        try {
            Awaitility.await("progress").atMost(ofSeconds(30)).until(() -> Child.tail(err, 20)
                    .contains(progress));

            child.signal("INT");

            assertThat(child.exitCode(ofSeconds(10))).isZero();
            assertThat(Child.tail(err, 20)).doesNotContain("Exception");
        } finally {
            child.process().destroyForcibly();
        }
    }

    private Ran jar(String line) {
        return run(TocsinProcess.command(words(line)));
    }

    private Ran run(List<String> command) {
        return Ran.of(folder, command);
    }

    private static int ended(Child child) {
        try {
            return child.exitCode(ofSeconds(30));
        } finally {
            child.process().destroyForcibly();
        }
    }

    private static String[] words(String line) {
        return Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }
}
