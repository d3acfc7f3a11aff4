package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.SourceState;
import org.junit.jupiter.api.Test;

/** What counts as evidence, for an outage and for its end, and what does not go on from before. */
class EvidenceTest {
    private final Scene scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

    @Test
    void anInstanceThatOneSourceHasTwiceIsDownWhenOneOfTheTwoIs() {
        scene.up("a", "api", "i1#2").pass(30);

        scene.down("a", "api", "i1#2").pass(90);

        assertThat(scene.last().members().down()).containsExactly("i1");
    }

    @Test
    void anAbsenceOfMembersBeginsAnewWhenTheyWereDownAgain() {
        scene.down("a", "api", 1, 4).pass(60);
        scene.unknown("a", "api", 1, 4).pass(600);
        scene.down("a", "api", 1, 4).pass(600);

        scene.unknown("a", "api", 1, 4).pass(600);

        assertThat(scene.last().open()).isTrue();
        assertThat(scene.ids()).hasSize(1);
    }

    @Test
    void aFlappingInstanceThatStaysDownIsNoEvidenceBeforeItHasCalmedDown() {
        for (int i = 0; i < 8; i++) {
            scene.down("a", "api", 1, 1).pass(15).up("a", "api", 1, 1).pass(15);
        }

        scene.down("a", "api", 1, 1).pass(90);

        assertThat(scene.versions).isEmpty();
        assertThat(scene.told).anyMatch(line -> line.contains("finding flapping"));
        scene.pass(400);
        assertThat(scene.last().reason()).isEqualTo(Reason.INSTANCE_DOWN);
    }

    @Test
    void aConfirmationThatABlindSpellBrokeOffBeginsAnew() {
        scene.down("a", "api", 1, 4).pass(12);

        scene.state("a", SourceState.BLIND)
                .pass(20)
                .state("a", SourceState.READY)
                .pass(6);

        assertThat(scene.versions).isEmpty();
        scene.pass(30);
        assertThat(scene.last().reason()).isEqualTo(Reason.PARTIAL_SHARE_REACHED);
    }

    @Test
    void fourOfFortyAreNotToldBeforeASecondScrape() {
        scene.up("a", "api", 11, 40).pass(60);

        scene.down("a", "api", 1, 4).pass(28);

        assertThat(scene.versions).isEmpty();
        scene.pass(30);
        assertThat(scene.last().reason()).isEqualTo(Reason.INSTANCE_DOWN);
    }

    @Test
    void whoLeavesWhileUpIsNotMissedByTheOutageOfOthers() {
        scene.down("a", "api", 1, 4).pass(60);
        scene.gone("a", "api", 5, 9).pass(60);

        scene.up("a", "api", 1, 4).pass(10);

        assertThat(scene.last().reason()).isEqualTo(Reason.MEMBERS_UP);
    }

    @Test
    void aJobThatComesBackKeepsItsKey() {
        scene.down("a", "api", 1, 10).pass(60).up("a", "api", 1, 10).pass(60);
        scene.gone("a", "api", 1, 10).pass(300);

        scene.up("a", "api", 1, 10).pass(1_200).down("a", "api", 1, 10).pass(60);

        assertThat(scene.tombstones).isEmpty();
        assertThat(scene.last().seq()).isEqualTo(3);
    }

    @Test
    void oneOfTwoIsNoMajority() {
        OutageRules majority = Scene.quorum(Quorum.MAJORITY);
        Scene twins = new Scene(majority, "a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4);

        twins.pass(60).down("a", "api", 1, 4).pass(120);

        assertThat(twins.versions).isEmpty();
    }
}
