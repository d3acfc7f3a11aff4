package dev.tocsin.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of bugs, and what is wrong with wrong ones. */
class BugFileTest {
    private static final String WHOLE = """
            # a comment
            breaks: the roof
            sees: I4
            source: src/main/java/dev/tocsin/outage/Confirmation.java
            seed: 7
            directed: dev.tocsin.outage.RulesTest#x
            replace:
                one
                two
            with: three
            replace: four
            with:
            """;

    @Test
    void aWholeFileIsABug() {
        Bug bug = BugFile.read("bugs/ROOF.bug", WHOLE);

        assertThat(bug)
                .isEqualTo(new Bug(
                        "ROOF",
                        "the roof",
                        "I4",
                        Path.of("src/main/java/dev/tocsin/outage/Confirmation.java"),
                        7,
                        List.of("dev.tocsin.outage.RulesTest#x"),
                        List.of(
                                new Snippet("bugs/ROOF.bug:7", "\n    one\n    two", "three"),
                                new Snippet("bugs/ROOF.bug:11", "four", ""))));
        assertThat(bug.className()).isEqualTo("dev.tocsin.outage.Confirmation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breaks: the roof | brakes: the roof | 'ROOF.bug:2: got \"brakes: the roof\", want a comment'",
                "seed: 7 | seed: seven | 'ROOF.bug:1: seed: got \"seven\", want a number'",
                "with: three | sees: three | 'ROOF.bug:7: want each replace: with its with:'",
                "replace: four | sees: four | 'ROOF.bug:12: want each replace: with its with:'",
                "sees: I4 | # | 'ROOF.bug:1: want sees:'"
            })
    void aWrongLineIsToldWithItsPlace(String right, String wrong, String message) {
        String text = WHOLE.replace(right, wrong);

        assertThatThrownBy(() -> BugFile.read("ROOF.bug", text)).hasMessageStartingWith(message);
    }

    @Test
    void aBugThatNobodySeesIsRefused() {
        String text = WHOLE.replaceAll("seed: .*\n|directed: .*\n", "");

        assertThatThrownBy(() -> BugFile.read("ROOF.bug", text))
                .hasMessage("ROOF.bug:1: want a seed or a directed test, or nobody sees it");
    }

    @Test
    void aSnippetIsFoundWhateverItsLineBreaks() {
        Snippet snippet = new Snippet("ROOF.bug:7", "a(b, c)\n    .d();", "$1\\e();");

        assertThat(snippet.applyTo("x = a(b,\n   c) .d(); y")).isEqualTo("x = $1\\e(); y");
    }

    @Test
    void aSnippetThatTheSourceDoesNotHaveOnceIsToldWithItsPlace() {
        Snippet snippet = new Snippet("ROOF.bug:7", "a b", "c");

        assertThatThrownBy(() -> snippet.applyTo("a  b; a\nb"))
                .hasMessage("ROOF.bug:7: replace: found 2 times in the source, want once: a b");
        assertThatThrownBy(() -> snippet.applyTo("b a")).hasMessageContaining("found 0 times");
    }

    @Test
    void aBugThatDoesNotCompileIsToldSo() {
        assertThatThrownBy(() -> Compiled.classes("dev.tocsin.outage.X", "class X { int x = y; }"))
                .hasMessageStartingWith("a bug must compile: ")
                .hasMessageContaining("cannot find symbol");
    }
}
