package dev.tocsin.health;

import static dev.tocsin.health.HealthTableTest.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a source has a vote, and what becomes of its targets while it has none. */
class SourceStatesTest {
    @Test
    @DisplayName("F32: a server that restarts in the middle of an outage costs no delta")
    void aServerThatRestartsInTheMiddleOfAnOutageCostsNoDelta() {
        Scene scene = fleet();
        scene.at(20, () -> scene.fails(REFUSED, "a", "b"))
                .at(100, () -> scene.dark(SourceState.BLIND, SourceState.Why.REFUSED))
                .at(110, () -> scene.dark(SourceState.STARTING, SourceState.Why.WAL_REPLAY))
                .at(118, () -> {
                    scene.fleet.restart();
                    scene.light();
                });

        scene.until(300);

        assertThat(scene.after(50)).containsExactly("100s blind", "110s starting", "120s warming", "125s ready");
    }

    @Test
    void afterARestartOfTheServerTargetsAreMuteUntilScrapedAgain() {
        Scene scene = fleet();
        scene.at(58, scene.fleet::restart);

        scene.until(65); // restarted, pools filled at 63 s: d, e and f have been scraped

        assertThat(scene.lines.get(scene.lines.size() - 1)).isEqualTo("65s ready");
        assertThat(scene.mute()).containsExactly("a", "b", "c", "g", "h");
        scene.until(80);
        assertThat(scene.mute()).isEmpty();
        assertThat(scene.after(0)).containsExactly("60s warming", "65s ready");
    }

    @Test
    void whoIsNotScrapedAgainCountsFromItsOwnLastVoteInTheDarkToo() {
        Scene scene = fleet();
        scene.at(61, () -> {
            scene.fleet.of("a").lastScrape = Observation.NEVER;
            scene.fleet.of("a").hangs = true;
        });
        scene.at(81, () -> scene.dark(SourceState.BLIND, SourceState.Why.REFUSED));

        scene.until(200);

        assertThat(scene.after(60))
                .filteredOn(line -> line.contains(" a "))
                .hasSize(1)
                .allMatch(line -> line.startsWith("120s a unknown source_blind"));
        assertThat(scene.after(60))
                .filteredOn(line -> line.contains(" b "))
                .hasSize(1)
                .allMatch(line -> line.startsWith("140s b unknown source_blind"));
    }

    @Test
    void aTargetThatIsNotScrapedAgainAfterTheRestartIsUnknownOnce() {
        Scene scene = fleet();
        scene.at(58, () -> {
            scene.fleet.restart();
            scene.fleet.of("a").hangs = true;
        });

        scene.until(300);

        assertThat(scene.after(0))
                .containsExactly("60s warming", "65s ready", "115s a unknown not_yet_scraped #2 since 115s");
    }

    @Test
    void aServerThatDoesNotTellItsStartIsJudgedTargetByTarget() {
        Scene scene = fleet();
        scene.fleet.tellsStart = false;
        scene.at(58, scene.fleet::restart);

        scene.until(300);

        assertThat(scene.after(0)).isEmpty();
    }

    @Test
    void anEmptyServerAtFirstSightIsWarmingForTwoIntervalsAndATimeout() {
        Scene scene = new Scene();

        scene.until(300);

        assertThat(scene.lines).containsExactly("0s warming", "130s ready");
    }

    @Test
    void aLongDarknessCostsOneUnknownPerTarget() {
        Scene scene = fleet();
        scene.at(20, () -> scene.fails(REFUSED, "a"))
                .at(61, () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT))
                .at(601, scene::light);

        scene.until(700);

        assertThat(scene.after(61).stream().filter(line -> line.startsWith("65s")))
                .containsExactly("65s blind");
        assertThat(scene.after(65).stream().filter(line -> line.contains("source_blind")))
                .hasSize(8)
                .allMatch(line -> line.startsWith("120s") && line.endsWith("since 120s"));
        assertThat(scene.after(600).stream().filter(line -> !line.contains(" up ")))
                .containsExactly("605s ready", "605s a down connection_refused #4 since 600s");
        assertThat(scene.after(605)).isEmpty();
    }

    @Test
    void aShortDarknessCostsNothing() {
        Scene scene = fleet();
        scene.at(61, () -> scene.dark(SourceState.RELOADING, SourceState.Why.TIMEOUT))
                .at(115, scene::light);

        scene.until(200);

        assertThat(scene.after(0)).containsExactly("65s reloading", "115s ready");
    }

    @Test
    @DisplayName("F35: a frozen source has no vote and does not stay up")
    void aFrozenSourceHasNoVoteAndDoesNotStayUp() {
        Scene scene = fleet();
        scene.fleet.targets.values().forEach(target -> target.offset = 0);
        scene.at(61, () -> scene.fleet.frozen = true);

        scene.until(300);

        assertThat(scene.after(0).get(0)).isEqualTo("105s frozen");
        assertThat(scene.after(105)).hasSize(8).allMatch(line -> line.contains("unknown source_blind #2"));
    }

    @Test
    void aSourceWhoseClockStopsWithItsScrapesIsFrozen() {
        Scene scene = fleet();
        scene.fleet.targets.values().forEach(target -> target.offset = 0);
        scene.at(61, () -> {
            scene.fleet.frozen = true;
            scene.fleet.clockStopsAt = 61_000;
        });

        scene.until(110);

        assertThat(scene.after(0)).contains("105s frozen");
    }

    @Test
    void aSourceThatThawsCostsNothing() {
        Scene scene = fleet();
        scene.fleet.targets.values().forEach(target -> target.offset = 0);
        scene.at(61, () -> {
                    scene.fleet.frozen = true;
                    scene.fleet.of("a").hangs = true;
                })
                .at(119, () -> scene.fleet.frozen = false)
                .at(134, () -> scene.fleet.of("a").hangs = false);

        scene.until(300);

        // a has not had its chance yet when the others are back
        assertThat(scene.after(0)).containsExactly("105s frozen", "120s ready");
    }

    @Test
    @DisplayName("F35: after our own start a frozen sources old scrapes are no evidence")
    void afterOurOwnStartAFrozenSourcesOldScrapesAreNoEvidence() {
        Scene scene = fleet();
        scene.at(20, () -> scene.fails(REFUSED, "a", "b"))
                .at(70, () -> {
                    scene.recovers("a", "b");
                })
                .at(91, () -> scene.fleet.frozen = true)
                .at(200, () -> {
                    scene.fails(REFUSED, "a", "b");
                    scene.killUs();
                });

        scene.until(230);

        assertThat(scene.after(195)).containsExactly("200s frozen");
    }

    @Test
    void ourOwnRestartCostsNothingAndGoesOnCounting() {
        Scene scene = fleet();
        scene.at(20, () -> scene.fails(REFUSED, "a")).at(100, scene::killUs).at(149, () -> scene.recovers("a"));

        scene.until(200);

        assertThat(scene.after(50)).containsExactly("100s ready", "150s a up #3 since 150s");
    }

    @Test
    void whatEndedWhileWeWereAwayIsToldOnceWithTheTimeOfItsScrape() {
        Scene scene = fleet();
        scene.at(20, () -> scene.fails(REFUSED, "a"))
                .at(60, () -> scene.stall(60))
                .at(70, () -> scene.recovers("a"))
                .at(120, scene::killUs);

        scene.until(200);

        assertThat(scene.after(50)).containsExactly("120s ready", "120s a up #3 since 120s");
    }

    @Test
    void afterOurOwnStartASourceThatStaysDarkMakesTargetsUnknownAfterStaleAfter() {
        Scene scene = fleet();
        scene.at(60, () -> {
            scene.dark(SourceState.BLIND, SourceState.Why.REFUSED);
            scene.killUs();
        });

        scene.until(200);

        assertThat(scene.after(0).get(0)).isEqualTo("60s blind");
        assertThat(scene.after(60)).hasSize(8).allMatch(line -> line.matches("120s . unknown source_blind #2 .*"));
    }

    @Test
    void aStallOfOurOwnIsNoEvidence() {
        Scene scene = fleet();
        scene.at(61, () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT))
                .at(80, () -> scene.stall(100))
                .at(200, scene::light);

        scene.until(300);

        assertThat(scene.after(0)).containsExactly("65s blind", "200s ready");
    }

    @Test
    void aStallOfOurOwnMakesNoTargetOverdueOrGone() {
        Scene scene = fleet();
        scene.at(61, () -> scene.leaves("a"))
                .at(66, () -> scene.stall(100))
                .at(166, () -> scene.fleet.of("a").listed = true);

        scene.until(300);

        assertThat(scene.after(0)).isEmpty();
    }

    @Test
    void observedUntilIsTheLastReadyPoll() {
        Scene scene = fleet();
        scene.at(61, () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT));

        scene.until(100);

        assertThat(java.util.Objects.requireNonNull(scene.last).observedUntil()).isEqualTo(Scene.ZERO.plusSeconds(60));
    }

    /** Eight targets of two jobs, every other one. */
    static Scene fleet() {
        Scene scene = new Scene();
        String[] instances = {"a", "b", "c", "d", "e", "f", "g", "h"};
        for (int i = 0; i < instances.length; i++) {
            scene.fleet.add(i % 2 == 0 ? "node" : "api", instances[i]);
        }
        return scene;
    }
}
