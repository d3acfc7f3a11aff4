package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.follow.Brief;
import dev.tocsin.follow.Fold;
import dev.tocsin.follow.Topic;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FollowTextTest {
    private static final String TIME = "2026-11-20T10:00:12.300Z";

    @Test
    void aChangeIsALine() {
        assertThat(text(false, 0).line(TIME, down("refused", "Is it running?")))
                .isEqualTo("10:00:12 DOWN     node in eu-1 | 10.0.0.7:9100, says prom-a | refused | Is it running?");
    }

    @Test
    void onATerminalItIsWrappedAndTheWordIsRed() {
        assertThat(text(true, 60).line(TIME, down("refused", "")))
                .isEqualTo("10:00:12 \u001b[31mDOWN    \u001b[0m node in eu-1 | 10.0.0.7:9100, says prom-a\n"
                        + "                  refused");
    }

    @Test
    void textsOfSourcesAreTamed() {
        assertThat(text(false, 0).line("soon", down("\u001b[2J\n\u202e", "")))
                .startsWith("--:--:-- DOWN ")
                .contains("\\u001b[2J\\n\\u202e")
                .doesNotContain("\u001b", "\n");
    }

    @Test
    void aTableOfNothingSaysSo() {
        assertThat(text(false, 0).table(new Fold())).containsExactly("nothing is known: no record yet");
    }

    private static FollowText text(boolean colour, int width) {
        return new FollowText(ZoneOffset.UTC, colour, width);
    }

    private static Brief down(String detail, String remedy) {
        return new Brief(
                Topic.HEALTH, "down", true, TIME, "eu-1", "node", "10.0.0.7:9100, says prom-a", detail, remedy);
    }
}
