package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Warnings about a source: when they open, and when they clear. */
class SourceFindingsTest {
    @Test
    void aPoolWithoutTargetsIsEmptyAfterThreePolls() {
        Scene scene = GoneTest.nodes(4);
        scene.at(61, () -> scene.fleet.alsoPools.add("lab")).at(200, () -> scene.fleet.add("lab", "l0"));

        scene.until(230);

        assertThat(scene.after(0).stream().filter(line -> line.contains("pool")))
                .containsExactly("75s pool_empty {pool=lab} opens #1", "200s pool_empty {pool=lab} clears #2");
    }

    @Test
    void aFindingIsCountedAfreshAfterABlindPoll() {
        Scene scene = GoneTest.nodes(4);
        scene.at(61, () -> scene.fleet.alsoPools.add("lab"))
                .at(74, () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT))
                .at(79, scene::light);

        scene.until(120);

        assertThat(scene.after(0).stream().filter(line -> line.contains("pool")))
                .containsExactly("90s pool_empty {pool=lab} opens #1");
    }

    @Test
    void aSkewOfHalfAMinuteIsToldAfterThreePolls() {
        Scene scene = GoneTest.nodes(4);
        scene.at(61, () -> scene.fleet.skewMillis = -40_000)
                .at(200, () -> scene.fleet.skewMillis = -20_000)
                .at(300, () -> scene.fleet.skewMillis = 3_000);

        scene.until(400);

        assertThat(scene.after(0))
                .containsExactly(
                        "75s clock_skew {source=prom-a} opens #1", "310s clock_skew {source=prom-a} clears #2");
    }

    @Test
    void aFailedReloadIsToldAndTakenBack() {
        Scene scene = GoneTest.nodes(4);
        scene.at(61, () -> scene.fleet.reloaded = false)
                .at(100, () -> scene.fleet.reloaded = null)
                .at(200, () -> scene.fleet.reloaded = true);

        scene.until(300);

        assertThat(scene.after(0))
                .containsExactly(
                        "65s reload_failed {source=prom-a} opens #1", "200s reload_failed {source=prom-a} clears #2");
    }

    @Test
    void aJumpOfDroppedTargetsThatStaysIsASurge() {
        Scene scene = GoneTest.nodes(4);
        scene.fleet.dropped = Map.of("node", 20, "api", 4);
        scene.at(61, () -> scene.fleet.dropped = Map.of("node", 31, "api", 13))
                .at(200, () -> scene.fleet.dropped = Map.of("node", 21, "api", 4));

        scene.until(300);

        assertThat(scene.after(0))
                .containsExactly("70s dropped_surge {pool=node} opens #1", "205s dropped_surge {pool=node} clears #2");
    }

    @Test
    void aJumpForOneCheckIsNoSurge() {
        Scene scene = GoneTest.nodes(4);
        scene.fleet.dropped = Map.of("node", 20);
        scene.at(61, () -> scene.fleet.dropped = Map.of("node", 60))
                .at(66, () -> scene.fleet.dropped = Map.of("node", 20));

        scene.until(300);

        assertThat(scene.after(0)).isEmpty();
    }

    @Test
    void aTargetOverALimitIsAFindingAboutItsPool() {
        Scene scene = GoneTest.nodes(4);
        scene.at(60, () -> scene.fails("limit/sample_limit/target", "n1")).at(130, () -> scene.recovers("n1"));

        scene.until(300);

        assertThat(scene.after(0))
                .containsExactly(
                        "65s n1 down sample_limit #2 since 61s",
                        "65s scrape_limit {pool=node} opens #1",
                        "140s n1 up #3 since 136s",
                        "200s scrape_limit {pool=node} clears #2");
    }

    @Test
    void aServerWithoutFileDescriptorsIsExhausted() {
        Scene scene = GoneTest.nodes(4);
        scene.at(60, () -> scene.fails("observer/fd_exhaustion/observer", "n1"));

        scene.until(100);

        assertThat(scene.after(0)).contains("65s observer_exhausted {source=prom-a} opens #1");
    }

    @Test
    void findingsStandWhileTheSourceIsDark() {
        Scene scene = GoneTest.nodes(4);
        scene.fleet.alsoPools.add("lab");
        scene.at(61, () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT))
                .at(101, scene::light);

        scene.until(200);

        assertThat(scene.after(5)).containsExactly("10s pool_empty {pool=lab} opens #1", "65s blind", "105s ready");
    }

    @Test
    void aFindingIsClearedAfterOurOwnRestartUnderTheSameKey() {
        Scene scene = GoneTest.nodes(4);
        scene.fleet.alsoPools.add("lab");
        scene.at(61, scene::killUs).at(100, () -> scene.fleet.alsoPools.clear());

        scene.until(2_000);

        assertThat(scene.after(10))
                .containsExactly(
                        "65s ready",
                        "100s pool_empty {pool=lab} clears #2",
                        "115s pool_missing {pool=lab} opens #1",
                        "1005s end of findings #3",
                        "1015s pool_missing {pool=lab} clears #2",
                        "1920s end of findings #3");
    }
}
