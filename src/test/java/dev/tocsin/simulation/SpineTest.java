package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Health;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From scrapes to records in virtual time: the promised stories, each held against the log afterwards. */
class SpineTest {
    private World world = new World();

    private World given(String... servers) {
        world = new World(servers);
        return world;
    }

    @AfterEach
    void everyKeyIsGaplessAndEveryOutageEndsAtMostOnce() {
        KeyOrder order = new KeyOrder();
        world.us().records().forEach(told -> order.see(told.event()));
    }

    @Test
    void oneOfTwentyRefusesForTwelveMinutes() {
        given("a").job("node", 1, 20).job("other", 1, 5).pass(60);

        world.down("node", 7, 7).pass(12 * 60).up("node", 7, 7).pass(120);

        assertThat(world.outages).hasSize(2);
        assertThat(world.outages.get(0).reason()).isEqualTo(Reason.INSTANCE_DOWN);
        assertThat(world.outages.get(0).startedAt())
                .isBetween(World.START.plusSeconds(60), World.START.plusSeconds(76));
        assertThat(world.outages.get(0).openedAt()).isBefore(World.START.plusSeconds(60 + 15 + 5 + 35));
        assertThat(world.outages.get(1).reason()).isEqualTo(Reason.MEMBERS_UP);
        assertThat(world.deltas).hasSize(25 + 2);
    }

    @Test
    @DisplayName("I8: the whole job dies at once behind a server with two hundred healthy targets")
    void theWholeJobDiesAtOnceBehindAServerWithTwoHundredHealthyTargets() {
        given("a").job("checkout", 1, 12).job("node", 1, 200).pass(60);

        world.down("checkout", 1, 12).pass(120).up("checkout", 1, 12).pass(120);

        assertThat(world.outages.stream().filter(Outage::open)).allMatch(o -> o.verdict() == Verdict.JOB);
        assertThat(world.outages.get(0).openedAt()).isBefore(World.START.plusSeconds(60 + 26));
        assertThat(world.lastOutage().reason()).isEqualTo(Reason.MEMBERS_UP);
        assertThat(world.outageIds()).hasSize(1);
    }

    @Test
    void theServerRestartsInTheMiddleOfTheOutage() {
        given("a").job("checkout", 1, 12).job("node", 1, 200).pass(60);
        world.down("checkout", 1, 12).pass(60);
        int before = world.deltas.size();

        world.server("a").refuses = true;
        world.pass(4).restart("a").pass(60);

        assertThat(world.deltas).hasSize(before);
        assertThat(world.outageIds()).hasSize(1);
        assertThat(world.lastOutage().open()).isTrue();
        assertThat(world.lastOutage().verdict()).isEqualTo(Verdict.JOB);
    }

    @Test
    void theTwentyInstancesAreReplacedByOthersWhileDown() {
        given("a").job("api", 1, 20).job("node", 1, 200).pass(60);
        world.down("api", 1, 20).pass(60);

        world.job("api", 101, 120).pass(120);

        assertThat(world.lastOutage().reason()).isEqualTo(Reason.MEMBERS_REPLACED);
        assertThat(world.outageIds()).hasSize(1);
    }

    @Test
    void weAreKilledInItAndStartAgainAfterItsEnd() {
        given("a").job("checkout", 1, 12).job("node", 1, 200).pass(60);
        world.down("checkout", 1, 12).pass(60);

        world.kill().pass(30).up("checkout", 1, 12).pass(60).start().pass(60);

        assertThat(world.lastOutage().reason()).isEqualTo(Reason.ENDED_WHILE_AWAY);
        assertThat(world.lastOutage().endedBetween())
                .isEqualTo(new Outage.Between(World.START.plusSeconds(119), World.START.plusSeconds(212)));
        assertThat(world.outageIds()).hasSize(1);
    }

    @Test
    void weAreKilledInItAndStartAgainBeforeItsEnd() {
        given("a").job("checkout", 1, 12).job("node", 1, 200).pass(60);
        world.down("checkout", 1, 12).pass(60);
        int before = world.deltas.size();

        world.kill().pass(30).start().pass(60);
        assertThat(world.deltas).hasSize(before);
        world.up("checkout", 1, 12).pass(60);

        assertThat(world.lastOutage().reason()).isEqualTo(Reason.MEMBERS_UP);
        assertThat(world.outageIds()).hasSize(1);
    }

    @Test
    @DisplayName("F43: everything behind a server fails at once and its twin sees all up")
    void everythingBehindAServerFailsAtOnceAndItsTwinSeesAllUp() {
        given("a", "b").job("api", 1, 10).job("node", 1, 50).pass(60);

        world.isolate("a").pass(300).reconnect("a").pass(60);

        assertThat(world.outages).isEmpty();
        assertThat(world.told).anyMatch(line -> line.endsWith("finding vantages_disagree"));
        assertThat(world.told).anyMatch(line -> line.endsWith("cleared vantages_disagree"));
    }

    @Test
    @DisplayName("F44: everything behind the only server fails at once is one site outage")
    void everythingBehindTheOnlyServerFailsAtOnceIsOneSiteOutage() {
        given("a").job("api", 1, 10).job("node", 1, 50).pass(60);

        world.isolate("a").pass(300).reconnect("a").pass(60);

        assertThat(world.outages.stream()
                        .map(o -> o.scope().kind() + " " + o.reason().text()))
                .containsExactly("site everything_behind_source_down", "site site_ended");
        assertThat(world.deltas.stream()
                        .filter(d -> d.to().health() instanceof Health.Down)
                        .count())
                .as("down deltas before the guard had its ten scrapes")
                .isLessThan(10);
    }

    @Test
    @DisplayName("F44: a server of few targets that is cut off is a site outage, and no job's")
    void aServerOfFewTargetsThatIsCutOffIsASiteOutageAndNoJobs() {
        for (int at = 0; at < 15; at++) {
            given("a").job("api", 1, 4).job("db", 1, 2).job("old", 1, 6);
            world.down("old", 1, 6).pass(120 + at).told.clear();

            world.isolate("a").pass(300).reconnect("a").pass(120);

            assertThat(world.told.stream().filter(line -> line.contains(" opened ")))
                    .as("cut off at %d s", at)
                    .hasSize(1)
                    .allMatch(line -> line.contains("everything_behind_source_down"));
        }
    }

    @Test
    void aJobBehindAServerThatReachesOthersDoesNotWaitForARound() {
        for (int at = 0; at < 15; at++) {
            given("a").job("api", 1, 4).job("node", 1, 20).pass(60 + at);

            world.down("api", 1, 4).pass(60);

            assertThat(world.outages).hasSize(1);
            assertThat(world.lastOutage().verdict()).isEqualTo(Verdict.JOB);
            assertThat(world.lastOutage().openedAt()).isBeforeOrEqualTo(World.START.plusSeconds(60 + at + 25));
        }
    }

    @Test
    void twinsThatDisagreeAboutOneJobAreAFinding() {
        given("a", "b").job("api", 1, 4).job("node", 1, 50).pass(60);

        world.cut("a", "api").pass(180).join("a", "api").pass(60);

        assertThat(world.outages).isEmpty();
        assertThat(world.told).anyMatch(line -> line.endsWith("finding vantages_disagree"));
        assertThat(world.told).anyMatch(line -> line.endsWith("cleared vantages_disagree"));
    }

    @Test
    @DisplayName("I5: both twins away in an outage ends nothing")
    void bothTwinsAwayInAnOutageEndsNothing() {
        given("a", "b").job("api", 1, 10).job("node", 1, 50).pass(60);
        world.down("api", 1, 10).pass(90);

        world.server("a").refuses = true;
        world.server("b").refuses = true;
        world.pass(600);

        assertThat(world.outages.stream().filter(o -> o.scope().kind().equals("job")))
                .noneMatch(o -> !o.open())
                .allMatch(o -> o.verdict() == Verdict.JOB);
        assertThat(world.outages.stream().filter(o -> o.scope().kind().equals("site")))
                .hasSize(1);
        assertThat(world.outages.stream().filter(o -> o.scope().kind().equals("source")))
                .isEmpty();
    }

    @Test
    void discoveryThatShrinksToZeroInAnOutageDoesNotResolveIt() {
        given("a").job("api", 1, 10).job("node", 1, 50).pass(60);
        world.down("api", 1, 10).pass(60);

        world.job("api", 1, 0).pass(120);

        assertThat(world.lastOutage().open()).isTrue();
        assertThat(world.outageIds()).hasSize(1);
        world.job("api", 1, 10).up("api", 1, 10).pass(120);
        assertThat(world.lastOutage().open()).isFalse();
        assertThat(world.outageIds()).hasSize(1);
    }

    @Test
    void discoveryThatShrinksToZeroOutsideOfAnOutageIsAFinding() {
        given("a").job("api", 1, 10).job("node", 1, 50).pass(60);

        world.job("api", 1, 0).pass(120);

        assertThat(world.outages).isEmpty();
        assertThat(world.told).anyMatch(line -> line.endsWith("finding targets_vanished"));
    }

    @Test
    void aFrozenServerEndsNothingAndIsAnOutageOfItself() {
        given("a").job("api", 1, 10).job("node", 1, 50).pass(60);
        world.down("api", 1, 10).pass(60);

        world.server("a").frozen = true;
        world.up("api", 1, 10).pass(300);

        assertThat(world.outages.stream().filter(o -> o.scope().kind().equals("job")))
                .allMatch(Outage::open);
        assertThat(world.lastOutage().reason()).isEqualTo(Reason.SOURCE_FROZEN);
    }

    @Test
    @DisplayName("F52: a rollout opens nothing")
    void aRolloutOpensNothing() {
        given("a").job("api", 1, 10).job("node", 1, 50).pass(60);

        for (int i = 1; i <= 10; i++) {
            world.job("api", 1 + i, 10 + i).pass(40);
        }

        assertThat(world.outages).isEmpty();
        assertThat(world.told).isEmpty();
    }

    @Test
    @DisplayName("F59, I3, I7: we are killed at any moment of a story and its end is the same")
    void weAreKilledAtAnyMomentOfAStoryAndItsEndIsTheSame() {
        for (int kill = 5; kill < 280; kill += 11) {
            given("a").job("api", 1, 10).job("node", 1, 50).pass(60);
            int at = kill;
            long start = world.second();
            for (int step = 0; step < 280; step++) {
                if (step == 10) {
                    world.down("api", 1, 10);
                }
                if (step == 150) {
                    world.up("api", 1, 10);
                }
                if (step == at) {
                    world.kill();
                }
                if (step == at + 7) {
                    world.start();
                }
                world.pass(1);
            }
            world.pass(120);

            assertThat(world.outageIds())
                    .as("killed %d s into the story that began at %d", at, start)
                    .hasSize(1);
            assertThat(world.lastOutage().open()).as("killed at %d", at).isFalse();
            assertThat(world.health()).allMatch(d -> d.to().health() instanceof Health.Up);
            everyKeyIsGaplessAndEveryOutageEndsAtMostOnce();
        }
    }

    @Test
    void theClockOfAServerJumpsAndNoTargetIsOverdueOrDownSinceAnotherTime() {
        for (int jump : new int[] {-600, 600}) {
            for (int at = 0; at < 5; at++) {
                given("a").job("api", 1, 10).job("node", 1, 20).pass(60 + at);
                int before = world.deltas.size();

                world.server("a").skewMillis = jump * 1_000L;
                world.pass(60);
                assertThat(world.deltas).as("jump of %d s at %d s", jump, at).hasSize(before);
                world.server("a").skewMillis = 0;
                world.down("api", 1, 10).pass(60);

                assertThat(world.lastOutage().startedAt())
                        .isBetween(World.START.plusSeconds(119 + at), World.START.plusSeconds(136 + at));
            }
        }
    }

    @Test
    void newInstancesThatOnlyACutOffTwinCallsDownOpenNothing() {
        for (int at = 0; at < 15; at++) {
            given("a", "b").job("api", 1, 6).job("node", 1, 50).pass(60 + at);

            world.cut("b", "api")
                    .job("api", 3, 12)
                    .pass(31 + at)
                    .join("b", "api")
                    .pass(120);

            assertThat(world.outages).as("%d s", at).isEmpty();
        }
    }

    @Test
    void aJobThatComesBackAfterItsTombstoneHasAnotherOutageNotTheSameAgain() {
        given("a").job("api", 1, 4).job("node", 1, 50).pass(60);
        world.down("api", 1, 4).pass(60).up("api", 1, 4).pass(60);
        world.noJob("api").pass(32 * 60);

        world.job("api", 1, 4).pass(60).down("api", 1, 4).pass(60);

        assertThat(world.lastOutage().seq()).isEqualTo(1);
        assertThat(world.outageIds()).hasSize(2);
    }
}
