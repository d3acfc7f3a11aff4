package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in a real bash. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CompletionIT {
    @TempDir
    Path folder;

    @BeforeEach
    void script() throws IOException {
        Path script = folder.resolve("completion");
        if (!Files.exists(script)) {
            Ran ran = Ran.jar(folder, "completion");
            assertThat(ran.err()).isEmpty();
            Files.writeString(script, ran.out());
        }
    }

    @Test
    void itLoadsForTheCommandTocsin() {
        assertThat(bash("source completion && complete -p tocsin")).contains("-F _complete_tocsin tocsin");
    }

    @ParameterizedTest
    @CsvSource({
        "tocsin cl, classify",
        "tocsin ch, check-config",
        "tocsin help sch, schema",
        "tocsin run --prom, --prometheus",
        "tocsin run --st, --streams",
        "tocsin classify --o, --output",
        "tocsin classify -o nd, ndjson",
        "tocsin run --streams fi, findings",
        "tocsin schema wa, watermark"
    })
    void itCompletes(String typed, String completed) {
        String words = typed.substring(0, typed.lastIndexOf(' '));
        String last = typed.substring(typed.lastIndexOf(' ') + 1);

        /* What bash does when somebody presses TAB, but for compopt, which wants bash itself to do it. */
        String replies = bash("source completion; compopt() { :; }; COMP_WORDS=(" + words + " '" + last + "');"
                + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='" + typed + "'; COMP_POINT=${#COMP_LINE};"
                + " _complete_tocsin; printf '%s\\n' \"${COMPREPLY[@]}\"");

        assertThat(replies.lines().map(String::strip)).containsExactly(completed);
    }

    private String bash(String script) {
        return Command.of(List.of("bash", "--norc", "-c", "cd '" + folder + "' && " + script))
                .out();
    }
}
