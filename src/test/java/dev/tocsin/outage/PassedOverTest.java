package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Cause;
import dev.tocsin.health.Health;
import dev.tocsin.health.SourceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What users feel when a service is out to which clients only come through other services. The job {@code checkout} is
 * scraped where the service {@code main@file} is served, to which {@code shop@file} leads; a round is 30 s.
 */
class PassedOverTest {
    private static final String MAIN = "main@file";
    private static final String SHOP = "shop@file";
    private static final Health LOST =
            new Health.Down(new Cause(Scene.REFUSED, "traefik: nobody is left to serve shop@file", "Start one."));
    private final Scene scene = Scene.with("prom-a", "edge-1", "edge-2");

    @BeforeEach
    void aServiceThatAnotherLeadsTo() {
        for (int i = 1; i <= 3; i++) {
            scene.up("prom-a", "checkout", "10.0.0." + i + ":80").up("edge-1", MAIN, "10.0.0." + i + ":80");
        }
        scene.child("edge-1", SHOP, MAIN, Health.UP)
                .child("edge-1", SHOP, "spare@file", Health.UP)
                .routers("edge-1", SHOP)
                .pass(60);
    }

    private Scene allAreDown() {
        for (int i = 1; i <= 3; i++) {
            scene.down("prom-a", "checkout", "10.0.0." + i + ":80").down("edge-1", MAIN, "10.0.0." + i + ":80");
        }
        return scene.pass(60);
    }

    private Outage open(String job) {
        return scene.outages.values().stream()
                .filter(outage -> outage.scope().title().equals(job) && outage.open())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no open outage of " + job + " in " + scene.told));
    }

    private void felt(Impact impact) {
        assertThat(open(MAIN).both().impact()).as("the service").isEqualTo(impact);
        assertThat(open("checkout").both().impact()).as("its backends").isEqualTo(impact);
    }

    @Test
    void nobodyFeelsAServiceThatItsParentPassesOver() {
        allAreDown();

        felt(Impact.NONE_KNOWN);
        assertThat(scene.told).as("never told otherwise").noneMatch(line -> line.endsWith("users"));
    }

    @Test
    void whoComesByARouterOfItsOwnFeelsIt() {
        scene.routers("edge-1", SHOP, MAIN);

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void aRouterThatIsAddedMeanwhileMakesItFelt() {
        allAreDown();

        scene.routers("edge-1", SHOP, MAIN).pass(30);

        felt(Impact.USERS);
    }

    @Test
    void aParentThatLosesItsRequestsIsFelt() {
        allAreDown();

        scene.child("edge-1", SHOP, MAIN, LOST).pass(30);

        felt(Impact.USERS);
    }

    @Test
    void ofTwoParentsOneThatLosesItsRequestsIsEnough() {
        scene.child("edge-1", "plain@file", MAIN, Health.UP).pass(10);
        scene.child("edge-1", "plain@file", MAIN, LOST);

        allAreDown();

        felt(Impact.USERS);
    }

    /** Whoever comes to the parent comes by {@code front@file}, which leads elsewhere when nobody is left in the parent. */
    private void theParentHasAParent(Health spare) {
        scene.child("edge-1", "front@file", SHOP, Health.UP)
                .child("edge-1", SHOP, MAIN, LOST)
                .child("edge-1", SHOP, "spare@file", spare)
                .routers("edge-1", "front@file")
                .pass(60);
    }

    @Test
    void nobodyFeelsAServiceWhoseParentIsPassedOverWhole() {
        theParentHasAParent(LOST);

        allAreDown();

        felt(Impact.NONE_KNOWN);
    }

    @Test
    void aParentThatIsNotPassedOverAsItServesTheOthersLosesItsShare() {
        theParentHasAParent(Health.UP);

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void whoComesToTheParentByARouterOfItsOwnFeelsIt() {
        theParentHasAParent(LOST);
        scene.routers("edge-1", "front@file", SHOP);

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void parentsInACircleAnswerNobody() {
        scene.child("edge-1", SHOP, MAIN, LOST)
                .child("edge-1", SHOP, "spare@file", LOST)
                .child("edge-1", MAIN, SHOP, LOST)
                .routers("edge-1", "front@file")
                .pass(60);

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void aParentOfWhichNobodyKnowsIsNoAnswer() {
        scene.child("edge-1", SHOP, MAIN, new Health.Unknown(Health.UnknownWhy.UNCHECKED));

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void aParentThatIsGoneAnswersNobody() {
        allAreDown();

        scene.child("edge-1", SHOP, MAIN, new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY))
                .pass(30);

        felt(Impact.USERS);
    }

    @Test
    void aServiceOfWhichNoParentIsKnownIsFelt() {
        scene.child("edge-1", SHOP, MAIN, new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY))
                .routers("edge-1");

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void oneReplicaWithARouterOfItsOwnIsEnough() {
        for (int i = 1; i <= 3; i++) {
            scene.up("edge-2", MAIN, "10.0.0." + i + ":80");
        }
        scene.child("edge-2", SHOP, MAIN, Health.UP).routers("edge-2", MAIN).pass(60);
        for (int i = 1; i <= 3; i++) {
            scene.down("edge-2", MAIN, "10.0.0." + i + ":80");
        }

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void nearlyAllServersDownIsFeltAsTheParentStillLeadsToTheRest() {
        for (int i = 4; i <= 10; i++) {
            scene.up("edge-1", MAIN, "10.0.0." + i + ":80");
        }
        scene.pass(60);
        for (int i = 4; i <= 9; i++) {
            scene.down("edge-1", MAIN, "10.0.0." + i + ":80");
        }

        allAreDown();

        felt(Impact.USERS);
    }

    @Test
    void whatWasToldStandsWhileTheTraefikIsDarkAndOverARestartOfOurs() {
        allAreDown();

        scene.state("edge-1", SourceState.BLIND).pass(60);
        scene.killAndRestart(10).pass(60);
        scene.state("edge-1", SourceState.READY).pass(60);

        felt(Impact.NONE_KNOWN);
        assertThat(scene.told).as("never told otherwise").allMatch(line -> line.endsWith("none_known"));
    }
}
