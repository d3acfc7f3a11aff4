package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.poll.Stride.Lines;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StrideTest {
    private final Stride stride = new Stride(Lines.DEFAULT);

    @Test
    void aSourceIsAskedForAllAtOnceUntilItHasMoreThanTwentyThousandTargets() {
        assertThat(stride.byPool()).isFalse();
        stride.saw(20_000, true);
        assertThat(stride.byPool()).isFalse();
        stride.saw(20_001, true);
        assertThat(stride.byPool()).isTrue();
    }

    @Test
    void aServerThatDoesNotTellItsPoolsIsAskedForAllAtOnce() {
        stride.saw(50_000, false);

        assertThat(stride.byPool()).isFalse();
    }

    @Test
    void betweenTheLinesItStaysAsItIs() {
        stride.saw(18_000, true);
        assertThat(stride.byPool()).isFalse();

        stride.saw(20_001, true);
        IntStream.range(0, 10).forEach(i -> stride.saw(15_000, true));
        assertThat(stride.byPool()).isTrue();
    }

    @Test
    void threeSmallListsInARowBringItBackAndAStartOfTheServerDoesNot() {
        stride.saw(20_001, true);

        stride.saw(0, true);
        stride.saw(0, true);
        stride.saw(20_001, true);
        assertThat(stride.byPool()).isTrue();

        stride.saw(14_999, true);
        stride.saw(14_999, true);
        assertThat(stride.byPool()).isTrue();
        stride.saw(14_999, true);
        assertThat(stride.byPool()).isFalse();
    }

    @Test
    void aServerThatOffersItsPoolsAgainIsAskedByThemAgain() {
        stride.saw(20_001, true);

        stride.notOffered();
        assertThat(stride.byPool()).isFalse();
        stride.saw(20_001, true);
        assertThat(stride.byPool()).isTrue();
    }

    @Test
    void aServerThatIgnoresTheFilterIsNot() {
        stride.saw(20_001, true);

        stride.useless();
        stride.saw(20_001, true);

        assertThat(stride.byPool()).isFalse();
    }

    @Test
    void linesThatCrossAreRefused() {
        assertThatThrownBy(() -> new Lines(1, 2)).hasMessage("got below 2 over above 1, want less");
    }
}
