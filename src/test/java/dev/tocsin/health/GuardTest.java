package dev.tocsin.health;

import static dev.tocsin.health.HealthTableTest.REFUSED;
import static dev.tocsin.health.HealthTableTest.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a source's own sickness is likelier than its targets'. */
class GuardTest {
    private static final String NO_FILES = "observer/fd_exhaustion/observer";

    @Test
    void everythingBehindASourceFailingAtOnceMakesItSuspectInThatVeryPoll() {
        Scene scene = twoJobs(20);
        all(scene, 0);
        scene.at(61, () -> failAll(scene, TIMEOUT, 20)).at(80, () -> recoverAll(scene, 20));

        scene.until(300);

        assertThat(scene.after(0)).containsExactly("75s suspect", "120s ready");
    }

    @Test
    void calmNeedsARoundWithAFifthOfTheTrippingTargetsUp() {
        Scene scene = twoJobs(20);
        all(scene, 0);
        scene.at(61, () -> failAll(scene, REFUSED, 20)).at(80, () -> scene.recovers("x0", "x1", "x2"));
        scene.at(119, () -> scene.recovers("x3"));

        scene.until(300);

        // x3 is up at 120 s, a round is 15 + 10 + 5 s: then all that differ are told
        assertThat(scene.after(0).subList(0, 2))
                .containsExactly("75s suspect", "130s x0 unknown source_blind #2 since 130s");
        assertThat(scene.after(145).get(0)).isEqualTo("150s ready");
        assertThat(scene.after(149).stream().filter(line -> line.contains("down connection_refused #3 since 75s")))
                .hasSize(16);
        assertThat(scene.after(149).stream().filter(line -> line.contains(" up #3 ")))
                .hasSize(4);
    }

    /* Found by the simulation, seed 6816. */
    @Test
    void anEmptyListIsNoCalm() {
        Scene scene = twoJobs(20);
        all(scene, 0);
        scene.at(61, () -> failAll(scene, REFUSED, 20)).at(91, () -> scene.fleet.targets.clear());

        scene.until(129); // a round after that, and before all are unknown

        assertThat(scene.after(76)).noneMatch(line -> line.contains("ready"));
    }

    @Test
    void aShortCutMakesNoTargetUnknownWhileTheCalmIsAwaited() {
        for (int cut = 5; cut <= 25; cut++) {
            Scene scene = twoJobs(20);
            scene.at(61, () -> failAll(scene, TIMEOUT, 20)).at(61 + cut, () -> recoverAll(scene, 20));

            scene.until(300);

            assertThat(scene.after(0)).as("cut off for %d s", cut).noneMatch(line -> line.contains("unknown"));
        }
    }

    @Test
    void aSuspicionWithoutCalmEndsInOneUnknownPerTarget() {
        Scene scene = twoJobs(20);
        all(scene, 0);
        scene.at(61, () -> failAll(scene, TIMEOUT, 20));

        scene.until(1_000);

        assertThat(scene.after(75))
                .hasSize(20)
                .allMatch(line -> line.contains("130s") && line.contains("source_blind"));
    }

    @Test
    void failuresThatAreTheObserversOwnFaultCountAsFailures() {
        Scene scene = twoJobs(20);
        all(scene, 0);
        scene.at(61, () -> failAll(scene, NO_FILES, 20));

        scene.until(100);

        assertThat(scene.after(0)).containsExactly("75s suspect", "75s observer_exhausted {source=prom-a} opens #1");
    }

    @Test
    void oneWholeJobOfTwoIsNoReasonForSuspicion() {
        Scene scene = twoJobs(40);
        scene.at(61, () -> failOdd(scene, 40));

        scene.until(200);

        assertThat(scene.after(0)).hasSize(20).allMatch(line -> line.contains(" down "));
    }

    @Test
    void aSingleJobIsNeverSuspect() {
        Scene scene = new Scene();
        for (int i = 0; i < 12; i++) {
            scene.fleet.add("node", "x" + i).offset = 0;
        }
        scene.at(61, () -> failAll(scene, REFUSED, 12));

        scene.until(100);

        assertThat(scene.after(0)).hasSize(12).allMatch(line -> line.startsWith("75s"));
    }

    @Test
    void standingFailuresNeverTrip() {
        Scene scene = twoJobs(40);
        for (int i = 0; i < 38; i++) {
            int one = i;
            scene.at(61 + 40 * i, () -> scene.fails(REFUSED, "x" + one));
        }

        scene.until(1_700);

        assertThat(scene.after(0)).hasSize(38).allMatch(line -> line.contains(" down "));
    }

    @Test
    void allTargetsDownAtFirstSightAreSuspect() {
        Scene scene = twoJobs(20);
        failAll(scene, REFUSED, 20);

        scene.until(30);

        assertThat(scene.lines).containsExactly("0s suspect");
    }

    @Test
    void whatIsKnownOfAFewDoesNotSpeakForAll() {
        Scene scene = twoJobs(100);
        scene.at(58, () -> {
            scene.fleet.restart();
            failAll(scene, REFUSED, 4);
        });

        scene.until(66);

        assertThat(scene.after(0)).noneMatch(line -> line.contains("suspect"));
    }

    @Test
    void aFailureThatSpreadsOverAnIntervalIsCaughtByTheLastTenScrapes() {
        Scene scene = twoJobs(12);
        scene.pollMillis = 1_000;
        scene.at(61, () -> failAll(scene, TIMEOUT, 12));

        scene.until(100);

        assertThat(scene.after(0).stream().filter(line -> line.contains("suspect")))
                .hasSize(1);
        assertThat(scene.after(0).stream().filter(line -> line.contains(" down ")))
                .hasSizeLessThan(10);
    }

    @Test
    void oneJobThatIsTrulyDownDoesNotKeepTheSuspicionWhileOthersAreReached() {
        Scene scene = new Scene();
        for (int i = 0; i < 31; i++) {
            scene.fleet.add(i < 10 ? "big" : "node", "x" + i).offset = i < 11 ? 0 : 7_000;
        }
        scene.at(61, () -> failAll(scene, REFUSED, 11));

        scene.until(300);

        assertThat(scene.after(61)).filteredOn(line -> line.contains("suspect")).containsExactly("75s suspect");
        assertThat(scene.after(61)).filteredOn(line -> line.contains("ready")).hasSize(1);
        assertThat(scene.after(110)).filteredOn(line -> line.contains(" down ")).hasSize(11);
    }

    @Test
    void whatHasBeenDownForLongDoesNotKeepTheRestFromBeingSuspect() {
        Scene scene = twoJobs(12);
        all(scene, 0);
        scene.at(31, () -> failAll(scene, REFUSED, 4)).at(91, () -> failAll(scene, TIMEOUT, 12));

        scene.until(120);

        assertThat(scene.after(90)).containsExactly("105s suspect");
    }

    @Test
    void whatAServerReachesOnItsOwnMachineSaysNothingOfItsNetwork() {
        Scene scene = twoJobs(4);
        scene.fleet.add("prometheus", "localhost:9090");
        scene.fleet.add("node", "127.0.0.1:9100");
        all(scene, 0);
        scene.at(61, () -> failAll(scene, TIMEOUT, 4));

        scene.until(120);

        assertThat(scene.after(0)).containsExactly("75s suspect");
    }

    /** Targets x0, x1 ... of two jobs in turn. */
    private static Scene twoJobs(int count) {
        Scene scene = new Scene();
        for (int i = 0; i < count; i++) {
            scene.fleet.add(i % 2 == 0 ? "node" : "api", "x" + i);
        }
        return scene;
    }

    private static void all(Scene scene, long offset) {
        scene.fleet.targets.values().forEach(target -> target.offset = offset);
    }

    private static void failAll(Scene scene, String error, int count) {
        for (int i = 0; i < count; i++) {
            scene.fails(error, "x" + i);
        }
    }

    private static void failOdd(Scene scene, int count) {
        for (int i = 1; i < count; i += 2) {
            scene.fails(REFUSED, "x" + i);
        }
    }

    private static void recoverAll(Scene scene, int count) {
        failAll(scene, "", count);
    }
}
