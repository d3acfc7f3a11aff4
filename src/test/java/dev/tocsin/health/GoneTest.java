package dev.tocsin.health;

import static dev.tocsin.health.HealthTableTest.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What leaves: targets, most of a job, pools; and what comes in their place. */
class GoneTest {
    @Test
    void anAbsentTargetIsGoneAfterThreePollsAndFifteenSeconds() {
        Scene slow = nodes(4);
        slow.at(61, () -> slow.leaves("n1")).until(120);
        Scene fast = nodes(4);
        fast.pollMillis = 1_000;
        fast.at(60.5, () -> fast.leaves("n1")).until(120);

        assertThat(slow.after(30)).containsExactly("80s n1 gone left_discovery #2 since 80s");
        assertThat(fast.after(30)).containsExactly("76s n1 gone left_discovery #2 since 76s");
    }

    @Test
    void aTargetThatIsMissingInTwoPollsIsNotGone() {
        Scene scene = nodes(4);
        scene.pollMillis = 10_000;
        scene.at(61, () -> scene.leaves("n1")).at(89, () -> scene.fleet.of("n1").listed = true);

        scene.until(200);

        assertThat(scene.after(30)).isEmpty();
    }

    @Test
    void absenceIsCountedAfreshAfterABlindPoll() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n1"))
                .at(75, () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT))
                .at(79, scene::light);

        scene.until(200);

        assertThat(scene.after(30))
                .containsExactly("75s blind", "80s ready", "95s n1 gone left_discovery #2 since 95s");
    }

    @Test
    void anAbsenceWhileTheServerHidesItsStartTimeDoesNotCount() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n1"))
                .at(76, () -> scene.fleet.tellsStart = false)
                .at(106, () -> scene.fleet.tellsStart = true);

        scene.until(200);

        assertThat(scene.after(30)).containsExactly("125s n1 gone left_discovery #2 since 125s");
    }

    @Test
    void aTargetThatReturnsGoesOnCounting() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n1")).at(200, () -> scene.fleet.of("n1").listed = true);

        scene.until(300);

        assertThat(scene.after(80)).containsExactly("200s n1 up #3 since 196s");
    }

    @Test
    void theKeyOfAGoneTargetEndsAfterAbsentForAndStartsAgainAtOne() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n1")).at(1_201, () -> scene.fleet.of("n1").listed = true);

        scene.until(1_300);

        assertThat(scene.after(80)).containsExactly("980s end of n1 #3", "1205s n1 up #1 since 1201s");
    }

    @Test
    void aGoneTargetThatIsListedAgainWhenItsKeyIsDueToEndKeepsIt() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n1")).at(978, () -> scene.fleet.of("n1").listed = true);

        scene.until(1_300);

        assertThat(scene.after(80)).containsExactly("980s n1 up #3 since 976s");
    }

    @Test
    void replacedInstancesOfADownJobGoAndOthersCome() {
        Scene scene = new Scene();
        for (int i = 0; i < 20; i++) {
            scene.fleet.add("shop", "old" + i);
        }
        for (int i = 0; i < 60; i++) {
            scene.fleet.add("node", "n" + i);
        }
        scene.at(60, () -> {
                    for (int i = 0; i < 20; i++) {
                        scene.fails(REFUSED, "old" + i);
                    }
                })
                .at(200, () -> {
                    for (int i = 0; i < 20; i++) {
                        scene.leaves("old" + i);
                        scene.fleet.add("shop", "new" + i);
                    }
                });

        scene.until(400);

        assertThat(scene.after(0).stream().filter(line -> line.contains(" down ")))
                .hasSize(20);
        assertThat(scene.after(200).stream().filter(line -> line.contains(" gone left_discovery #3 since 215s")))
                .hasSize(20);
        assertThat(scene.after(200).stream().filter(line -> line.matches(".* new\\d+ up #1 .*")))
                .hasSize(20);
        assertThat(scene.after(200)).hasSize(40);
    }

    @Test
    @DisplayName("F41: a renamed job leaves no ghost")
    void aRenamedJobLeavesNoGhost() {
        Scene scene = nodes(4);
        scene.at(61, () -> {
            scene.leaves("n1");
            scene.fleet.targets.put("old", scene.fleet.of("n1"));
            scene.fleet.add("host", "n1", "node");
        });

        scene.until(400);

        assertThat(scene.fold.states().stream()
                        .filter(state -> state.target().url().contains("n1"))
                        .map(state ->
                                state.target().job() + " " + state.to().health().text()))
                .containsExactlyInAnyOrder("node gone", "host up");
    }

    @Test
    @DisplayName("F38: an empty list is an answer under the rule of absence")
    void anEmptyListIsAnAnswerUnderTheRuleOfAbsence() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n0", "n1", "n2", "n3"));

        scene.until(200);

        assertThat(scene.after(30))
                .containsExactly(
                        "75s pool_empty {pool=node} opens #1",
                        "80s n0 gone left_discovery #2 since 80s",
                        "80s n1 gone left_discovery #2 since 80s",
                        "80s n2 gone left_discovery #2 since 80s",
                        "80s n3 gone left_discovery #2 since 80s",
                        "80s targets_vanished {job=node} opens #1");
    }

    @Test
    void aMomentOfEmptyPoolsIsNothing() {
        Scene scene = nodes(4);
        scene.fleet.tellsStart = false;
        scene.at(58, scene.fleet::restart);

        scene.until(200);

        assertThat(scene.after(30)).isEmpty();
    }

    @Test
    void aJobThatLosesHalfOfItselfHasNotVanished() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n0", "n1"));

        scene.until(200);

        assertThat(scene.after(30)).hasSize(2).allMatch(line -> line.contains("gone"));
    }

    @Test
    @DisplayName("F39: vanished targets that return clear the finding")
    void vanishedTargetsThatReturnClearTheFinding() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n0", "n1", "n2")).at(200, () -> scene.fleet.of("n0").listed = true);

        scene.until(300);

        assertThat(scene.after(30).stream().filter(line -> line.contains("vanished")))
                .containsExactly(
                        "80s targets_vanished {job=node} opens #1", "200s targets_vanished {job=node} clears #2");
    }

    @Test
    void vanishedTargetsThatStayAwayAreForgottenAfterAbsentFor() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n0", "n1", "n2"));

        scene.until(2_000);

        assertThat(scene.after(30).stream().filter(line -> line.contains("vanished") || line.contains("end of")))
                .containsExactly(
                        "80s targets_vanished {job=node} opens #1",
                        "980s end of n0 #3",
                        "980s end of n1 #3",
                        "980s end of n2 #3",
                        "980s targets_vanished {job=node} clears #2",
                        "1885s end of findings #3");
    }

    @Test
    void aVanishedJobIsStillVanishedAfterOurOwnRestart() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n0", "n1", "n2"))
                .at(150, scene::killUs)
                .at(300, () -> scene.fleet.of("n0").listed = true);

        scene.until(400);

        assertThat(scene.after(80))
                .containsExactly(
                        "150s ready", "300s n0 up #3 since 300s", "300s targets_vanished {job=node} clears #2");
    }

    @Test
    void aRolloutThatSurgesFirstIsNoVanishing() {
        Scene scene = nodes(4);
        scene.at(61, () -> {
                    for (int i = 0; i < 4; i++) {
                        scene.fleet.add("node", "new" + i);
                    }
                })
                .at(80, () -> scene.leaves("n0", "n1", "n2", "n3"));

        scene.until(200);

        assertThat(scene.after(0)).noneMatch(line -> line.contains("vanished"));
    }

    @Test
    void aRolloutThatLeavesOneInstanceLessIsNoVanishing() {
        Scene scene = nodes(4);
        scene.at(61, () -> {
                    for (int i = 0; i < 3; i++) {
                        scene.fleet.add("node", "new" + i);
                    }
                })
                .at(80, () -> scene.leaves("n0", "n1", "n2", "n3"));

        scene.until(200);

        assertThat(scene.after(0)).noneMatch(line -> line.contains("vanished"));
    }

    @Test
    void aPoolThatLeavesTheListIsMissingAndItsTargetsGo() {
        Scene scene = nodes(4);
        scene.fleet.add("api", "a0");
        scene.at(61, () -> {
                    scene.leaves("a0");
                    scene.fleet.leftPools.add("api");
                })
                .at(300, () -> {
                    scene.fleet.of("a0").listed = true;
                    scene.fleet.leftPools.clear();
                });

        scene.until(400);

        assertThat(scene.after(30))
                .containsExactly(
                        "80s a0 gone pool_removed #2 since 80s",
                        "80s pool_missing {pool=api} opens #1",
                        "300s a0 up #3 since 289s",
                        "300s pool_missing {pool=api} clears #2");
    }

    @Test
    void nobodyGoesWhileThePoolListChanges() {
        Scene scene = nodes(4);
        scene.at(61, () -> scene.leaves("n1"));
        for (int i = 0; i < 20; i++) {
            String pool = "p" + i;
            scene.at(61 + 5 * i, () -> scene.fleet.alsoPools.add(pool));
        }

        scene.until(170);

        assertThat(scene.after(0).stream().filter(line -> line.contains("gone")))
                .containsExactly("170s n1 gone left_discovery #2 since 170s");
    }

    @Test
    void anOldServerThatTellsNoPoolsLosesTargetsByAbsenceAlone() {
        Scene scene = nodes(4);
        scene.fleet.tellsPools = false;
        scene.at(61, () -> scene.leaves("n1"));

        scene.until(120);

        assertThat(scene.after(0)).containsExactly("80s n1 gone left_discovery #2 since 80s");
    }

    @Test
    void absentForIsTheOperatorsToChoose() {
        Scene scene = nodes(4);
        scene.rules = new HealthRules(Duration.ofSeconds(60), Duration.ofSeconds(60));
        scene.at(61, () -> scene.leaves("n1"));

        scene.until(150);

        assertThat(scene.after(80)).containsExactly("140s end of n1 #3");
    }

    static Scene nodes(int count) {
        Scene scene = new Scene();
        for (int i = 0; i < count; i++) {
            scene.fleet.add("node", "n" + i);
        }
        return scene;
    }
}
