package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Since when others speak for a source when some of its targets fail. A second of the scene is 777 + it. */
class ReachTest {
    private final Scene scene = new Scene();

    private DeltaBatch.Reached at(int seconds) {
        return Objects.requireNonNull(scene.until(seconds).last).reached();
    }

    private void target(String instance, int secondOfScrape) {
        scene.fleet.add("node", instance).offset = secondOfScrape * 1_000L;
    }

    @Test
    void twoOthersThatAreUpSpeakForWhatFailedBefore() {
        target("x0", 1);
        target("x1", 2);
        target("x2", 7);
        target("x3", 8);
        scene.at(60, () -> scene.fails("text", "x0"));

        // x0 fails at 61 s and is seen to at 65 s
        assertThat(at(65).sinceMono()).isLessThan(777_000 + 65_000);
        assertThat(at(70).sinceMono()).isEqualTo(777_000 + 70_000);
    }

    @Test
    void oneOtherThatIsUpIsNotEnoughWhileAnotherIsDueStill() {
        target("x0", 1);
        target("x1", 7);
        target("x2", 12);
        scene.at(60, () -> scene.fails("text", "x0"));

        assertThat(at(70).sinceMono()).isLessThanOrEqualTo(777_000 + 65_000);
        assertThat(at(75).sinceMono()).isGreaterThan(777_000 + 65_000);
    }

    @Test
    void whenNobodyIsLeftWhoWasUpNothingMoreCanBeLearned() {
        target("x0", 1);
        target("x1", 2);
        scene.at(60, () -> scene.fails("text", "x0", "x1"));

        assertThat(at(65).sinceMono()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoIsReachedOnTheServersOwnMachineSpeaksForNobody() {
        target("x0", 1);
        target("localhost:9090", 7);
        target("127.0.0.1:9100", 8);
        target("x1", 14);
        scene.at(60, () -> scene.fails("text", "x0"));

        assertThat(at(70).sinceMono()).isLessThanOrEqualTo(777_000 + 65_000);
    }

    @Test
    void twoThatWereScrapedAfterItInThatVeryPollSpeakForItAtOnce() {
        target("x0", 1);
        target("x1", 3);
        target("x2", 4);

        long until = at(65).untilWall();

        assertThat(until).isEqualTo(Scene.ZERO.plusSeconds(63).toEpochMilli());
    }
}
