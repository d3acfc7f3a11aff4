package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckLinesTest {
    @Test
    void stepsOfOnePlaceStandBelowIt() {
        assertThat(CheckLines.of("on the target: a\non the target: b\nPromQL: up", 40))
                .containsExactly("on the target:", "  a", "  b", "PromQL:", "  up");
    }

    @Test
    void aLongCommandGoesOnInAWayThatAShellUnderstands() {
        assertThat(CheckLines.of("on the target: curl -s http://h/m | grep -c x", 22))
                .containsExactly("on the target:", "  curl -s http://h/m \\", "    | grep -c x");
    }

    @Test
    void aQueryNeedsNoMark() {
        assertThat(CheckLines.of("PromQL: sum by (reason) (rate(x[5m]))", 20))
                .containsExactly("PromQL:", "  sum by (reason)", "    (rate(x[5m]))");
    }

    @Test
    void nothingWithinQuotesIsBroken() {
        assertThat(CheckLines.of("on the target: sed 's/a b c d e/ /' \"f g h\" i\\ j k", 14))
                .containsExactly(
                        "on the target:", "  sed \\", "    's/a b c d e/ /' \\", "    \"f g h\" \\", "    i\\ j k");
    }
}
