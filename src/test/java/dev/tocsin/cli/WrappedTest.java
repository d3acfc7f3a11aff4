package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTest {
    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Wrapped.lines("  detail  connection refused", 28, 10))
                .containsExactly("  detail  connection refused");
        assertThat(Wrapped.lines("", 10, 2)).containsExactly("");
    }

    @Test
    void itBreaksBetweenWordsAndHangs() {
        assertThat(Wrapped.lines("remedy  Start the process, or correct the port", 20, 8))
                .containsExactly("remedy  Start the", "        process, or", "        correct the", "        port");
    }

    @Test
    void aWordThatExactlyFillsALineIsNotBroken() {
        assertThat(Wrapped.lines("abcd efgh ijkl", 9, 0)).containsExactly("abcd efgh", "ijkl");
        assertThat(Wrapped.lines("abcd efgh   ", 9, 0)).containsExactly("abcd efgh");
    }

    @Test
    void aWordThatFitsOnNoLineIsBroken() {
        assertThat(Wrapped.lines("ab " + "x".repeat(20), 8, 2))
                .containsExactly("ab", "  xxxxxx", "  xxxxxx", "  xxxxxx", "  xx");
        assertThat(Wrapped.lines("  " + "x".repeat(9), 8, 2)).containsExactly("  xxxxxx", "  xxx");
    }

    @Test
    void aPairOfSurrogatesCountsOnceAndIsNeverParted() {
        String bells = "\ud83d\udd14".repeat(10);

        List<String> lines = Wrapped.lines(bells, 4, 0);

        assertThat(lines).containsExactly(bells.substring(0, 8), bells.substring(8, 16), bells.substring(16));
        assertThat(Wrapped.lines(bells, 10, 0)).containsExactly(bells);
    }

    @Test
    void noWordOfATextIsLost() {
        String text = "a bb ccc dddd eeeee ffffff ".repeat(2_000).strip();

        List<String> lines = Wrapped.lines(text, 40, 4);

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
        assertThat(String.join(" ", lines.stream().map(String::strip).toList())).isEqualTo(text);
    }

    @Test
    void anIndentThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> Wrapped.lines("x", 4, 4)).hasMessage("width: got 4, want more than the indent of 4");
    }
}
