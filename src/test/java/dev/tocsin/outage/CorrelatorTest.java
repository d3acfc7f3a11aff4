package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Locus;
import dev.tocsin.health.SourceState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Design, section 5, as tables in virtual time: what is told, when, why, and with which numbers. */
class CorrelatorTest {
    private Scene scene = Scene.with("a");

    /** Every table runs again through log and apply: what a restart finds is the state that was live. */
    @AfterEach
    void whatTheLogRemembersIsTheStateThatWasLive() {
        List<String> live = scene.correlator.remembered();

        scene.killAndRestart(1);

        assertThat(scene.correlator.remembered()).isEqualTo(live);
    }

    @Test
    void oneOfTwentyRefusingForTwelveMinutesIsOneInstanceOutage() {
        scene = Scene.with("a").up("a", "node", 1, 20).pass(60);

        scene.down("a", "node", 7, 7).pass(12 * 60).up("a", "node", 7, 7).pass(120);

        assertThat(scene.told)
                .containsExactly(
                        "95s opened v1 instance_down node instance: 1 down 0 gone of 20, seq 1",
                        "785s resolved v2 members_up node instance: 0 down 0 gone of 20, seq 2");
        assertThat(scene.versions.get(0).startedAt()).isEqualTo(Scene.START.plusSeconds(60));
        assertThat(scene.versions.get(0).openedAt()).isEqualTo(Scene.START.plusSeconds(95));
        assertThat(scene.versions.get(0).members().down()).containsExactly("i7");
        assertThat(scene.last().resolvedAt()).isEqualTo(Scene.START.plusSeconds(780));
        assertThat(scene.ids()).hasSize(1);
    }

    @Test
    void aJobThatDiesOverOneScrapeIntervalIsAnnouncedOnceAsJobWide() {
        scene = Scene.with("a")
                .up("a", "checkout", 1, 12)
                .up("a", "node", 1, 200)
                .pass(60);

        scene.down("a", "checkout", 1, 4).pass(5);
        scene.down("a", "checkout", 5, 8).pass(5);
        scene.down("a", "checkout", 9, 12).pass(60);
        scene.up("a", "checkout", 1, 12).pass(60);

        assertThat(scene.told)
                .containsExactly(
                        "75s opened v1 job_wide_share_reached checkout job: 12 down 0 gone of 12, seq 1",
                        "135s resolved v2 members_up checkout job: 0 down 0 gone of 12, seq 2");
        assertThat(scene.versions.get(0).cause().kind()).isEqualTo(Scene.REFUSED);
        assertThat(scene.versions.get(0).cause().share()).isEqualTo(1.0);
    }

    @Test
    void oneOutageGrowsFromInstanceToJobAndShrinksUnderOneId() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.down("a", "api", 1, 1).pass(60);
        scene.down("a", "api", 2, 4).pass(30);
        scene.down("a", "api", 5, 10).pass(60);
        scene.up("a", "api", 2, 9).pass(60);
        scene.up("a", "api", 1, 10).pass(60);

        assertThat(scene.told)
                .containsExactly(
                        "95s opened v1 instance_down api instance: 1 down 0 gone of 10, seq 1",
                        "125s changed v2 partial_share_reached api partial: 4 down 0 gone of 10, seq 2",
                        "155s changed v3 job_wide_share_reached api job: 10 down 0 gone of 10, seq 3",
                        "215s changed v4 members_changed api job: 2 down 0 gone of 10, seq 4",
                        "245s changed v5 share_fell_to_instance api instance: 2 down 0 gone of 10, seq 5",
                        "275s resolved v6 members_up api instance: 0 down 0 gone of 10, seq 6");
        assertThat(scene.ids()).hasSize(1);
        assertThat(scene.versions.get(3).members().left()).contains("i2").hasSize(8);
    }

    @Test
    void aRestartOfTheSourceInTheMiddleOfAnOutageChangesNothingButTheVantage() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);

        scene.state("a", SourceState.STARTING).pass(30);
        scene.state("a", SourceState.WARMING).pass(10);
        scene.state("a", SourceState.READY).pass(60);
        scene.up("a", "checkout", 1, 12).pass(60);

        assertThat(scene.told)
                .containsExactly(
                        "70s opened v1 job_wide_share_reached checkout job: 12 down 0 gone of 12, seq 1",
                        "125s changed v2 vantage_blind checkout job: 12 down 0 gone of 12, seq 2",
                        "165s changed v3 vantage_back checkout job: 12 down 0 gone of 12, seq 3",
                        "225s resolved v4 members_up checkout job: 0 down 0 gone of 12, seq 4");
    }

    @Test
    void aLongDarknessNeitherShrinksNorEndsAnOutage() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);

        scene.state("a", SourceState.BLIND)
                .pass(70)
                .unknown("a", "checkout", 1, 12)
                .pass(3600);

        assertThat(scene.told).hasSize(2);
        assertThat(scene.last().reason()).isEqualTo(Reason.VANTAGE_BLIND);
        assertThat(scene.last().verdict()).isEqualTo(Verdict.JOB);
        assertThat(scene.last().share()).isEqualTo(1.0);
        assertThat(scene.last().members().downTotal()).isEqualTo(12);
    }

    @Test
    void instancesReplacedWhileDownEndTheOutageWhenTheLastIsReplaced() {
        scene = Scene.with("a").up("a", "api", 1, 20).pass(60);
        scene.down("a", "api", 1, 20).pass(60);

        scene.gone("a", "api", 1, 20).up("a", "api", 101, 110).pass(60);
        scene.up("a", "api", 111, 120).pass(60);

        assertThat(scene.told)
                .containsExactly(
                        "70s opened v1 job_wide_share_reached api job: 20 down 0 gone of 20, seq 1",
                        "155s changed v2 share_fell_to_partial api partial: 0 down 10 gone of 20, seq 2",
                        "185s resolved v3 members_replaced api partial: 0 down 0 gone of 20, seq 3");
    }

    @Test
    void aRolloutThatReplacesHealthyInstancesOpensNothing() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        for (int i = 1; i <= 10; i += 2) {
            scene.gone("a", "api", i, i + 1).up("a", "api", 100 + i, 101 + i).pass(20);
        }

        assertThat(scene.told).isEmpty();
    }

    @Test
    void membersThatNeverComeBackEndTheOutageAfterAbsentFor() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);
        scene.down("a", "api", 1, 2).pass(60).gone("a", "api", 1, 2).pass(15 * 60 + 5);

        assertThat(scene.last().reason()).isEqualTo(Reason.MEMBERS_ABSENT);
        assertThat(scene.last().change()).isEqualTo(Outage.Change.RESOLVED);
        assertThat(scene.versions.stream().filter(v -> !v.open())).hasSize(1);
    }

    @Test
    @DisplayName("F40: a job that is no more is closed and its key ends")
    void aJobThatIsNoMoreIsClosedAndItsKeyEnds() {
        scene = Scene.with("a").up("a", "api", 1, 4).pass(60);
        scene.down("a", "api", 1, 4).pass(60).gone("a", "api", 1, 4).pass(31 * 60);

        assertThat(scene.last().change()).isEqualTo(Outage.Change.CLOSED);
        assertThat(scene.last().reason()).isEqualTo(Reason.JOB_ABSENT);
        assertThat(scene.tombstones).hasSize(1);
        assertThat(scene.tombstones.get(0).seq()).isEqualTo(scene.last().seq() + 1);
    }

    @Test
    void anOutageThatEndsWhileWeAreAwayIsResolvedOnceWithTheBoundsOfItsEnd() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);

        scene.killAndRestart(120).up("a", "checkout", 1, 12).pass(60);

        assertThat(scene.told)
                .containsExactly(
                        "70s opened v1 job_wide_share_reached checkout job: 12 down 0 gone of 12, seq 1",
                        "245s resolved v2 ended_while_away checkout job: 0 down 0 gone of 12, seq 2");
        assertThat(scene.last().endedBetween())
                .isEqualTo(new Outage.Between(Scene.START.plusSeconds(120), Scene.START.plusSeconds(245)));
        assertThat(scene.ids()).hasSize(1);
        assertThat(scene.last().epoch()).isEqualTo(2);
    }

    @Test
    void anOutageThatGoesOnWhileWeAreAwayKeepsItsIdAndOpensNothing() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);

        scene.killAndRestart(60).pass(60);
        scene.up("a", "checkout", 1, 12).pass(60);

        assertThat(scene.ids()).hasSize(1);
        assertThat(scene.told.get(0)).contains("opened");
        assertThat(scene.told.get(scene.told.size() - 1)).contains("resolved").contains("members_up");
        assertThat(scene.told).noneMatch(line -> line.contains("share_fell"));
    }

    @Test
    void afterARestartNothingIsDecidedBeforeTheSourceHasAnswered() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);
        int before = scene.told.size();

        scene.state("a", SourceState.BLIND).killAndRestart(60).pass(600);

        assertThat(scene.told.subList(before, scene.told.size())).allMatch(line -> line.contains("vantage_blind"));
    }

    @Test
    void whatTheLogRemembersEndsNothingBeforeItsSourceHasAnswered() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);
        scene.up("a", "checkout", 1, 12); // in the log, and the end of the outage is not
        int before = scene.told.size();

        scene.killAndRestart(1).pass(3);

        assertThat(scene.told).hasSize(before);
    }

    @Test
    void aSuspectSourceHasNoVote() {
        Scene scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);

        scene.down("a", "checkout", 1, 12)
                .pass(5)
                .state("a", SourceState.SUSPECT)
                .pass(120);

        assertThat(scene.told).isEmpty();
    }

    @Test
    void membersOfWhomNobodyKnowsAtOurRestartDoNotEndTheOutage() {
        Scene scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);
        scene.state("a", SourceState.BLIND).unknown("a", "checkout", 1, 12).pass(60);

        scene.killAndRestart(10).state("a", SourceState.READY).pass(60);

        assertThat(scene.last().open()).isTrue();
    }

    @Test
    void membersOfWhomNobodyKnewAtTheLastVersionAreMembersAfterOurRestartAllTheSame() {
        scene = Scene.with("a").up("a", "checkout", 1, 12).pass(60);
        scene.down("a", "checkout", 1, 12).pass(60);
        scene.unknown("a", "checkout", 1, 6).pass(60);

        scene.killAndRestart(10).up("a", "checkout", 7, 12).pass(60);

        assertThat(scene.last().open()).isTrue();
        scene.up("a", "checkout", 1, 6).pass(60);
        assertThat(scene.last().open()).isFalse();
    }

    @Test
    @DisplayName("F42: twins that disagree are a finding and no outage")
    void twinsThatDisagreeAreAFindingAndNoOutage() {
        Scene scene =
                Scene.with("a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4).pass(60);

        scene.down("a", "api", 1, 4).pass(120);
        scene.up("a", "api", 1, 4).pass(30);

        assertThat(scene.told)
                .containsExactly("95s finding vantages_disagree api seq 1", "185s cleared vantages_disagree api seq 2");
    }

    @Test
    void twinsThatSeeTheSameADifferentMomentsAgreeInTheEnd() {
        Scene scene =
                Scene.with("a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4).pass(60);

        scene.down("a", "api", 1, 4).pass(10);
        scene.down("b", "api", 1, 4).pass(60);
        scene.up("b", "api", 1, 4).pass(10);
        scene.up("a", "api", 1, 4).pass(60);

        assertThat(scene.told)
                .containsExactly(
                        "80s opened v1 job_wide_share_reached api job: 4 down 0 gone of 4, seq 1",
                        "145s resolved v2 members_up api job: 0 down 0 gone of 4, seq 2");
    }

    @Test
    void aBlindTwinLeavesTheDecisionToTheOther() {
        Scene scene =
                Scene.with("a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4).pass(60);

        scene.state("b", SourceState.BLIND).pass(30).down("a", "api", 1, 4).pass(60);

        assertThat(scene.told)
                .containsExactly("100s opened v1 job_wide_share_reached api job: 4 down 0 gone of 4, seq 1");
        assertThat(scene.last().vantages().blind()).containsExactly("b");
    }

    @Test
    void whoLeavesWhileATwinIsBlindIsNoGhostOfThatTwin() {
        scene = Scene.with("a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4).pass(60);

        scene.state("b", SourceState.BLIND).pass(600);
        scene.gone("a", "api", 1, 4).up("a", "api", 5, 8).pass(60); // a rollout
        scene.down("a", "api", 5, 8).pass(60);

        assertThat(scene.told)
                .containsExactly("730s opened v1 job_wide_share_reached api job: 4 down 0 gone of 4, seq 1");
    }

    @Test
    void whoMovedToATwinIsNotGoneWhenThatTwinIsBlind() {
        scene = Scene.with("a", "b")
                .up("a", "api", 1, 4)
                .pass(60)
                .gone("a", "api", 3, 4)
                .up("b", "api", 3, 4)
                .pass(60);

        scene.state("b", SourceState.BLIND).pass(60).down("a", "api", 1, 2).pass(60);

        assertThat(scene.told)
                .containsExactly("215s opened v1 partial_share_reached api partial: 2 down 0 gone of 4, seq 1");
    }

    /* Found by the simulation, seed 6816. */
    @Test
    void whoWasLastKnownDownAndLeftUnseenStillCounts() {
        scene = Scene.with("a")
                .up("a", "api", 1, 4)
                .pass(60)
                .down("a", "api", 1, 4)
                .pass(60);

        scene.unknown("a", "api", 1, 4).pass(60).gone("a", "api", 1, 4).pass(300);

        assertThat(scene.last().open()).isTrue();
        assertThat(scene.last().counts().gone()).isEqualTo(4);
    }

    @Test
    void whoWasUpAgainAndLeftUnseenDoesNotCount() {
        Scene scene = Scene.with("a")
                .up("a", "api", 1, 4)
                .pass(60)
                .down("a", "api", 1, 4)
                .pass(60);

        scene.up("a", "api", 1, 2)
                .pass(60)
                .unknown("a", "api", 1, 2)
                .pass(60)
                .gone("a", "api", 1, 2)
                .pass(60);

        assertThat(scene.last().counts().gone()).isZero();
    }

    @Test
    void quorumAnyTakesOneWord() {
        OutageRules any = Scene.quorum(Quorum.ANY);
        scene = new Scene(any, "a", "b")
                .up("a", "api", 1, 4)
                .up("b", "api", 1, 4)
                .pass(60);

        scene.down("a", "api", 1, 4).pass(60);

        assertThat(scene.told).hasSize(1);
        assertThat(scene.told.get(0)).contains("opened v1 job_wide");
    }

    @Test
    @DisplayName("F46: half of the world behind a blind source still allows positive evidence of the other half")
    void halfOfTheWorldBehindABlindSourceStillAllowsPositiveEvidenceOfTheOtherHalf() {
        scene = Scene.with("a", "b")
                .up("a", "api", 1, 10)
                .up("b", "api", 11, 20)
                .pass(60);

        scene.state("a", SourceState.BLIND).pass(10).down("b", "api", 11, 20).pass(60);

        assertThat(scene.told)
                .containsExactly("95s opened v1 partial_share_reached api partial: 10 down 0 gone of 20, seq 1");
    }

    @Test
    void whatIsUnknownIsExpectedButNotDown() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.unknown("a", "api", 2, 10).down("a", "api", 1, 1).pass(120);

        assertThat(scene.told).containsExactly("95s opened v1 instance_down api instance: 1 down 0 gone of 10, seq 1");
    }

    @Test
    void aTargetThatIsUnknownDoesNotEndTheOutage() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);
        scene.down("a", "api", 1, 1).pass(60).unknown("a", "api", 1, 1).pass(600);

        assertThat(scene.told).hasSize(1);
        assertThat(scene.up("a", "api", 1, 1).pass(10).last().reason()).isEqualTo(Reason.MEMBERS_UP);
    }

    @Test
    @DisplayName("F48: what downs a whole pool by configuration or by the observer does not vote")
    void whatDownsAWholePoolByConfigurationOrByTheObserverDoesNotVote() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.downWith(new CauseKind(CauseFamily.LIMIT, "target_limit", Locus.CONFIG), "a", "api", 1, 5)
                .downWith(new CauseKind(CauseFamily.OBSERVER, "fd_exhaustion", Locus.OBSERVER), "a", "api", 6, 10)
                .pass(600);

        assertThat(scene.told).isEmpty();
    }

    @Test
    @DisplayName("F49: a job wide failure of the scrape configuration says so")
    void aJobWideFailureOfTheScrapeConfigurationSaysSo() {
        CauseKind unknownAuthority = new CauseKind(CauseFamily.TLS, "unknown_authority", Locus.CONFIG);
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.downWith(unknownAuthority, "a", "api", 1, 10).pass(60);

        assertThat(scene.last().cause().kind()).isEqualTo(unknownAuthority);
        assertThat(scene.last().cause().remedy()).isNotEmpty();
    }

    @Test
    void aFailureShorterThanItsConfirmationIsNotTold() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.down("a", "api", 1, 1).pass(25).up("a", "api", 1, 1).pass(60);

        assertThat(scene.told).isEmpty();
    }

    @Test
    @DisplayName("F47: a blind spell starts the confirmation again")
    void aBlindSpellStartsTheConfirmationAgain() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.down("a", "api", 1, 1).pass(25);
        scene.state("a", SourceState.BLIND).pass(20);
        scene.state("a", SourceState.READY).pass(30);
        assertThat(scene.told).isEmpty();

        scene.pass(10);
        assertThat(scene.told).hasSize(1);
    }

    @Test
    void aStallOfOurOwnStartsTheConfirmationAgain() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        scene.down("a", "api", 1, 1).pass(10).stall(30).pass(25);
        assertThat(scene.told).isEmpty();

        assertThat(scene.pass(10).told).hasSize(1);
    }

    @Test
    @DisplayName("F44: a job behind a source that has reached nobody since waits for a round")
    void aJobBehindASourceThatHasReachedNobodySinceWaitsForARound() {
        scene = Scene.with("a").up("a", "api", 1, 4).pass(60);

        scene.reachesNobody("a").down("a", "api", 1, 4).pass(60);

        assertThat(scene.told)
                .containsExactly("95s opened v1 job_wide_share_reached api job: 4 down 0 gone of 4, seq 1");
    }

    @Test
    void aJobIsBelievedAsSoonAsItsSourceHasReachedOthers() {
        scene = Scene.with("a").up("a", "api", 1, 4).pass(60);

        scene.reachesNobody("a").down("a", "api", 1, 4).pass(12);
        assertThat(scene.told).isEmpty();
        scene.reachesOthers("a").pass(60);

        assertThat(scene.told)
                .containsExactly("75s opened v1 job_wide_share_reached api job: 4 down 0 gone of 4, seq 1");
    }

    @Test
    void aTwinThatReachesOthersSpeaksForASourceThatReachesNobody() {
        scene = Scene.with("a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4).pass(60);

        scene.reachesNobody("a").down("a", "api", 1, 4).down("b", "api", 1, 4).pass(60);

        assertThat(scene.told)
                .containsExactly("70s opened v1 job_wide_share_reached api job: 4 down 0 gone of 4, seq 1");
    }

    @Test
    void anOpenOutageDoesNotGrowByWhatIsInDoubt() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);
        scene.down("a", "api", 1, 1).pass(60);

        scene.reachesNobody("a").down("a", "api", 2, 10).pass(20);
        assertThat(scene.last().verdict()).isEqualTo(Verdict.INSTANCE);
        scene.reachesOthers("a").pass(10);

        assertThat(scene.last().verdict()).isEqualTo(Verdict.JOB);
    }

    @Test
    void belowThePartialLineOnlyWhoStoodOverASecondScrapeIsAnnouncedAndOthersJoinLater() {
        scene = Scene.with("a").up("a", "api", 1, 20).pass(60);

        scene.down("a", "api", 1, 1).pass(30).down("a", "api", 2, 2).pass(20);

        assertThat(scene.told)
                .containsExactly(
                        "95s opened v1 instance_down api instance: 1 down 0 gone of 20, seq 1",
                        "105s changed v2 members_changed api instance: 2 down 0 gone of 20, seq 2");
        assertThat(scene.versions.get(0).members().down()).containsExactly("i1");
        assertThat(scene.versions.get(1).members().joined()).containsExactly("i2");
    }

    @Test
    void whoIsCalledUpByATwinIsNoMemberOfTheFirstVersion() {
        scene = Scene.with("a", "b").up("a", "api", 1, 4).up("b", "api", 1, 4).pass(60);

        scene.down("a", "api", 1, 4)
                .down("b", "api", 1, 4)
                .pass(5)
                .up("b", "api", 4, 4)
                .pass(20);

        assertThat(scene.told)
                .containsExactly("85s opened v1 partial_share_reached api partial: 3 down 0 gone of 4, seq 1");
        assertThat(scene.last().members().down()).containsExactly("i1", "i2", "i3");
        scene.up("a", "api", 1, 4).up("b", "api", 1, 3).pass(60);
    }

    @Test
    @DisplayName("F53: a sole instance is never a job wide outage")
    void aSoleInstanceIsNeverAJobWideOutage() {
        scene = Scene.with("a").up("a", "db", 1, 1).pass(60);

        scene.down("a", "db", 1, 1).pass(60);

        assertThat(scene.last().verdict()).isEqualTo(Verdict.INSTANCE);
        assertThat(scene.last().sole()).isTrue();
    }

    @Test
    void targetsNotScrapedAgainSinceTheSourceRestartedHaveNoVote() {
        Scene scene =
                Scene.with("a", "b").up("a", "api", 1, 1).up("b", "api", 1, 1).pass(60);

        scene.mute("a", Scene.id("a", "api", "i1")).down("b", "api", 1, 1).pass(60);

        assertThat(scene.told).hasSize(1);
        assertThat(scene.last().change()).isEqualTo(Outage.Change.OPENED);
    }

    @Test
    void memberChangesMakeAtMostOneVersionInTenSeconds() {
        scene = Scene.with("a").up("a", "api", 1, 100).pass(60);
        scene.down("a", "api", 1, 1).pass(60);

        for (int i = 2; i <= 13; i++) {
            scene.down("a", "api", i, i).pass(5);
        }

        assertThat(scene.versions.stream().filter(v -> v.reason() == Reason.MEMBERS_CHANGED))
                .hasSize(6);
        assertThat(scene.pass(10).last().members().downTotal()).isEqualTo(13);
    }

    @Test
    void aFlappingTargetIsAFindingAndOpensNothing() {
        scene = Scene.with("a").up("a", "api", 1, 10).pass(60);

        for (int i = 0; i < 20; i++) {
            scene.down("a", "api", 1, 1).pass(15).up("a", "api", 1, 1).pass(15);
        }
        assertThat(scene.told).hasSize(1);
        assertThat(scene.told.get(0)).contains("finding flapping api");

        scene.pass(20 * 15 + 30);
        assertThat(scene.told).hasSize(2);
        assertThat(scene.told.get(1)).contains("cleared flapping api");
    }

    @Test
    void anOutageThatComesAndGoesIsHeldOpenWhileItFlaps() {
        scene = Scene.with("a").up("a", "db", 1, 1).pass(60);

        for (int i = 0; i < 12; i++) {
            scene.down("a", "db", 1, 1).pass(60).up("a", "db", 1, 1).pass(60);
        }
        scene.pass(30 * 30);

        assertThat(scene.versions.stream().anyMatch(v -> v.reason() == Reason.FLAPPING_STARTED))
                .isTrue();
        assertThat(scene.last().open()).isFalse();
        assertThat(scene.versions.stream()
                        .filter(v -> v.change() == Outage.Change.OPENED)
                        .count())
                .isEqualTo(scene.versions.stream().filter(v -> !v.open()).count());
    }

    @Test
    void loopbackInstancesOfTwoSourcesAreTwoInstances() {
        scene = Scene.with("a", "b")
                .up("a", "self", "localhost:9090")
                .up("b", "self", "localhost:9090")
                .pass(60);

        scene.down("a", "self", "localhost:9090").pass(60);

        assertThat(scene.told).containsExactly("95s opened v1 instance_down self instance: 1 down 0 gone of 2, seq 1");
        assertThat(scene.last().members().down()).containsExactly("localhost:9090 (a)");
    }

    @Test
    void aJobBehindManySourcesIsDecidedWithTheNextTickAtTheLatest() {
        String[] sources = {"a", "b", "c", "d", "e", "f"};
        Scene scene = Scene.with(sources);
        for (int i = 0; i < sources.length; i++) {
            scene.up(sources[i], "api", 10 * i, 10 * i + 9);
        }
        scene.pass(60);

        for (int i = 0; i < sources.length; i++) {
            scene.down(sources[i], "api", 10 * i, 10 * i + 9);
        }
        scene.pass(60);

        assertThat(scene.told)
                .containsExactly("70s opened v1 job_wide_share_reached api job: 60 down 0 gone of 60, seq 1");
        assertThat(scene.last().members().downTotal()).isEqualTo(60);
    }
}
