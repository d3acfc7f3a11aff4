package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Target by target: what a ready source's answers change. */
class HealthTableTest {
    static final String REFUSED = "transport/connection_refused/target";
    static final String TIMEOUT = "timeout/before_response_headers/unknown";
    static final String NO_ROUTE = "transport/no_route_to_host/path";

    @Test
    void firstSightIsTheFirstChangeWhateverItShows() {
        Scene scene = fleet(new Scene());
        scene.fails(REFUSED, "c");

        scene.until(30);

        assertThat(scene.lines)
                .containsExactly(
                        "0s ready",
                        "0s a up #1 since 0s",
                        "0s b up #1 since -14s",
                        "0s c down connection_refused #1 since -13s",
                        "0s d up #1 since -12s");
    }

    @Test
    void downIsSinceTheFirstFailingScrapeAndUpSinceTheFirstGoodOne() {
        Scene scene = fleet(new Scene());
        scene.at(20, () -> scene.fails(REFUSED, "b")).at(300, () -> scene.recovers("b"));

        scene.until(400);

        assertThat(scene.after(0))
                .containsExactly("35s b down connection_refused #2 since 31s", "305s b up #3 since 301s");
    }

    @Test
    void anUnscrapedTargetIsFirstToldWhenScraped() {
        Scene scene = fleet(new Scene());
        scene.at(21, () -> scene.fleet.add("node", "new"));

        scene.until(60);

        assertThat(scene.after(0)).containsExactly("35s new up #1 since 34s");
    }

    @Test
    void aTargetThatIsNeverScrapedIsUnknownAfterStaleAfter() {
        Scene scene = fleet(new Scene());
        scene.at(21, () -> scene.fleet.add("node", "new").hangs = true);

        scene.until(300);

        assertThat(scene.after(0)).containsExactly("85s new unknown not_yet_scraped #1 since 85s");
    }

    @Test
    void staleAfterIsAtLeastThreeScrapeIntervals() {
        Scene scene = fleet(new Scene());
        scene.at(21, () -> {
            FakeFleet.Scraped added = scene.fleet.add("node", "new");
            added.hangs = true;
            added.interval = 60_000;
        });

        scene.until(300);

        assertThat(scene.after(0)).containsExactly("205s new unknown not_yet_scraped #1 since 205s");
    }

    @Test
    void aHangingScrapeMakesThatTargetOverdueAndNoOther() {
        Scene scene = fleet(new Scene());
        scene.at(32, () -> scene.fleet.of("a").hangs = true).at(194, () -> scene.fleet.of("a").hangs = false);

        scene.until(300);

        // last scrape at 30 s, overdue when older than 2 x 15 + 10 s
        assertThat(scene.after(0))
                .containsExactly("75s a unknown scrape_overdue #2 since 75s", "195s a up #3 since 195s");
    }

    @Test
    @DisplayName("F36: a skewed clock of the source changes nothing")
    void aSkewedClockOfTheSourceChangesNothing() {
        Scene straight = fleet(new Scene());
        Scene ahead = fleet(new Scene());
        Scene behind = fleet(new Scene());
        ahead.fleet.skewMillis = 600_000;
        behind.fleet.skewMillis = -600_000;
        for (Scene scene : new Scene[] {straight, ahead, behind}) {
            scene.at(20, () -> scene.fails(REFUSED, "b"));
            scene.until(120);
        }

        for (Scene skewed : new Scene[] {ahead, behind}) {
            assertThat(skewed.lines.stream().filter(line -> !line.contains("clock_skew")))
                    .containsExactlyElementsOf(straight.lines);
        }
    }

    @Test
    void aReadingThatChangesWithoutAnotherScrapeIsTornAndWaits() {
        Scene scene = fleet(new Scene());
        scene.at(66, () -> scene.fleet.of("b").lastError = REFUSED); // scraped at 61 and 76

        scene.until(120);

        assertThat(scene.after(60)).isEmpty();
    }

    @Test
    @DisplayName("F36: a clock that jumps at the source tells nothing of targets")
    void aClockThatJumpsAtTheSourceTellsNothingOfTargets() {
        Scene scene = fleet(new Scene());
        scene.fleet.targets.values().forEach(target -> {
            target.interval = 2_000;
            target.timeout = 1_000;
        });
        scene.fleet.add("slow", "s").interval = 300_000;
        scene.at(61, () -> scene.fleet.skewMillis = 3_600_000)
                .at(200, () -> scene.fleet.skewMillis = -3_600_000)
                .at(400, () -> scene.fleet.skewMillis = 0);

        scene.until(600);

        assertThat(scene.after(0)).noneMatch(line -> line.contains("#") && !line.contains("clock_skew"));
        assertThat(scene.after(0)).noneMatch(line -> line.contains("frozen"));
    }

    @Test
    void theDateHeadersCoarsenessNeverMovesSince() {
        Scene scene = fleet(new Scene());
        scene.pollMillis = 1_250;
        scene.fleet.skewMillis = 421;

        scene.until(200);

        assertThat(scene.after(15)).isEmpty();
    }

    @Test
    void aFlapOfTheFamilyIsNoDelta() {
        Scene scene = fleet(new Scene());
        scene.at(20, () -> scene.fails(NO_ROUTE, "b"));
        for (int i = 0; i < 20; i++) {
            String error = i % 3 == 0 ? NO_ROUTE : TIMEOUT;
            scene.at(32 + 15 * i, () -> scene.fails(error, "b"));
        }

        scene.until(320);

        assertThat(scene.after(0)).containsExactly("35s b down no_route_to_host #2 since 31s");
    }

    @Test
    void aMoreSpecificCauseIsToldAtOnceAndALessSpecificOneAfterThreeScrapes() {
        Scene scene = fleet(new Scene());
        scene.at(20, () -> scene.fails(TIMEOUT, "b"))
                .at(40, () -> scene.fails(NO_ROUTE, "b"))
                .at(70, () -> scene.fails(TIMEOUT, "b"));

        scene.until(200);

        assertThat(scene.after(0))
                .containsExactly(
                        "35s b down before_response_headers #2 since 31s",
                        "50s b down no_route_to_host #3 since 31s",
                        "110s b down before_response_headers #4 since 31s");
    }

    @Test
    void detailAloneIsNoDelta() {
        Scene scene = fleet(new Scene());
        for (int i = 0; i < 10; i++) {
            String error = REFUSED + "/read tcp 10.0.0.1:" + (50_000 + i);
            scene.at(20 + 15 * i, () -> scene.fails(error, "b"));
        }

        scene.until(200);

        assertThat(scene.after(0)).hasSize(1);
    }

    @Test
    @DisplayName("I10: a late or repeated poll is a bug")
    void aLateOrRepeatedPollIsABug() {
        Scene scene = fleet(new Scene());
        scene.until(20);
        HealthTable table = new HealthTable(FakeFleet.SOURCE, HealthRules.DEFAULT, Scene.CAUSES, new WaitClock(), 1);
        PollResult two = scene.fleet.answer(2, new Moment(0, Scene.ZERO), Scene.ZERO);
        table.poll(two, Duration.ofSeconds(5));

        assertThatThrownBy(() -> table.poll(two, Duration.ofSeconds(5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("prom-a: poll 2 came after poll 2, want each poll once and in order");
        PollResult one = scene.fleet.answer(1, new Moment(0, Scene.ZERO), Scene.ZERO);
        assertThatThrownBy(() -> table.poll(one, Duration.ofSeconds(5))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("F37: a scrape time that goes back is another scrape all the same")
    void aScrapeTimeThatGoesBackIsAnotherScrapeAllTheSame() {
        Scene scene = fleet(new Scene());
        scene.at(46, () -> {
            scene.fleet.skewMillis = -20_000;
            scene.fails(REFUSED, "b");
        });

        scene.until(100);

        assertThat(scene.after(0)).singleElement().asString().contains("b down connection_refused #2");
    }

    /** Four targets of one job, scraped at 0, 1, 2, 3 s of every 15 s. */
    static Scene fleet(Scene scene) {
        for (String instance : new String[] {"a", "b", "c", "d"}) {
            scene.fleet.add("node", instance);
        }
        return scene;
    }
}
