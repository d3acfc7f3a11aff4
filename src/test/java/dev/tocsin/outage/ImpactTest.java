package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.tocsin.health.Health;
import dev.tocsin.health.SourceState;
import dev.tocsin.join.Mapping;
import dev.tocsin.join.Rung;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What users feel of an outage, where Prometheus and Traefik see the same backend. The job {@code checkout} is scraped
 * where the service {@code shop@file} is served; a round of both is 30 s.
 */
class ImpactTest {
    private static final String SHOP = "shop@file";
    private Scene scene = Scene.with("prom-a", "edge-1");

    private Scene both(int from, int to) {
        return served(from, to).scraped(from, to).scene;
    }

    private ImpactTest served(int from, int to) {
        each(from, to, i -> scene.up("edge-1", SHOP, i));
        return this;
    }

    private ImpactTest scraped(int from, int to) {
        each(from, to, i -> scene.up("prom-a", "checkout", i));
        return this;
    }

    private ImpactTest outOfRotation(int from, int to) {
        each(from, to, i -> scene.down("edge-1", SHOP, i));
        return this;
    }

    private ImpactTest notScraped(int from, int to) {
        each(from, to, i -> scene.down("prom-a", "checkout", i));
        return this;
    }

    private static void each(int from, int to, Consumer<String> what) {
        for (int i = from; i <= to; i++) {
            what.accept("10.0.0." + i + ":80");
        }
    }

    private Outage open(String job) {
        return scene.outages.values().stream()
                .filter(outage -> outage.scope().title().equals(job) && outage.open())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no open outage of " + job + " in " + scene.told));
    }

    private Impact impact(String job) {
        return open(job).both().impact();
    }

    private BothViews.Joined joined(String job) {
        assertThat(open(job).both().joined()).hasSize(1);
        return open(job).both().joined().get(0);
    }

    private Stream<Outage> versions(String job) {
        return scene.versions.stream().filter(version -> version.scope().title().equals(job));
    }

    @Test
    void aServiceWithoutAnyServerIsFeltByUsersInBothViews() {
        both(1, 4).pass(60);

        outOfRotation(1, 4).notScraped(1, 4).scene.pass(60);

        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
        assertThat(joined("checkout").bothDown()).isEqualTo(4);
        assertThat(joined("checkout").endpoints()).isEqualTo(4);
        assertThat(joined("checkout").rung()).isEqualTo(Rung.HOST_PORT);
        assertThat(joined(SHOP).job()).isEqualTo("checkout");
    }

    @Test
    @DisplayName(
            "F56: what Traefik and Prometheus say of one backend is kept apart, and the rule between them is named")
    void theTwoViewsAreNeverAveraged() {
        both(1, 4).pass(60);

        outOfRotation(1, 1).scene.pass(90);

        assertThat(scene.outages.values()).as("Prometheus has no outage").hasSize(1);
        assertThat(open(SHOP).counts()).isEqualTo(new JobCounts(4, 3, 1, 0, 0, 0));
        assertThat(impact(SHOP)).isEqualTo(Impact.NONE_KNOWN);
        assertThat(joined(SHOP).outOfRotation()).isEqualTo(1);
        assertThat(joined(SHOP).bothUp()).isEqualTo(3);
    }

    @Test
    void aServiceThatIsScrapedWellAndHasNoServerIsFeltByUsers() {
        both(1, 4).pass(60);

        outOfRotation(1, 4).scene.pass(90);

        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
        assertThat(joined(SHOP).outOfRotation()).isEqualTo(4);
    }

    @Test
    void nearlyAllServersDownIsFeltByUsers() {
        both(1, 10).pass(60);

        outOfRotation(1, 9).notScraped(1, 9).scene.pass(60);

        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
    }

    @Test
    void instancesThatTheBalancerTookOutOfRotationLeaveOthersThatServe() {
        both(1, 4).pass(60);

        outOfRotation(1, 2).notScraped(1, 2).scene.pass(60);

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
        assertThat(joined("checkout").bothDown()).isEqualTo(2);
    }

    @Test
    void whatIsServedWellAndNotScrapedIsAMatterOfObservability() {
        both(1, 4).pass(60);

        notScraped(1, 4).scene.pass(60);

        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        assertThat(joined("checkout").notScraped()).isEqualTo(4);
    }

    @Test
    void thatItIsServedIsNotSaidBeforeTheBalancersHaveCheckedSince() {
        both(1, 4).pass(60);

        notScraped(1, 4).scene.pass(29);
        assertThat(impact("checkout")).as("opened before a round has passed").isNull();
        assertThat(joined("checkout").unknown()).isEqualTo(4);

        scene.pass(30);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        assertThat(scene.last().reason()).isEqualTo(Reason.IMPACT_CHANGED);
    }

    @Test
    void oneOfWhomTheBalancersSayNothingMayBeAnOutage() {
        both(1, 4).pass(60);
        scraped(5, 5).scene.pass(60);

        notScraped(1, 5).scene.pass(90);

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
    }

    @Test
    void anUncheckedServerIsNoWordOfTheBalancers() {
        each(1, 4, i -> scene.change("edge-1", SHOP, i, new Health.Unknown(Health.UnknownWhy.UNCHECKED)));
        scraped(1, 4).scene.pass(60);

        notScraped(1, 4).scene.pass(90);

        assertThat(impact("checkout")).isNull();
        assertThat(joined("checkout").unknown()).isEqualTo(4);
    }

    @Test
    void whoIsInferredToBeServedMayBeAnother() {
        served(1, 4);
        each(1, 4, i -> scene.up("prom-a", "exporter", i.replace(":80", ":9100")));
        scene.pass(60);

        each(1, 4, i -> scene.down("prom-a", "exporter", i.replace(":80", ":9100")));
        scene.pass(90);

        assertThat(joined("exporter").rung()).isEqualTo(Rung.HOST);
        assertThat(joined("exporter").notScraped()).isEqualTo(4);
        assertThat(impact("exporter")).isEqualTo(Impact.NONE_KNOWN);
    }

    @Test
    void aNameMayBeAnsweredByAnotherInstanceEachTime() {
        scene.up("edge-1", SHOP, "shop.internal:80")
                .up("prom-a", "checkout", "shop.internal:80")
                .pass(60);

        scene.down("prom-a", "checkout", "shop.internal:80").pass(90);

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
        assertThat(joined("checkout").named()).isEqualTo(1);
    }

    @Test
    void theImpactFollowsTheOtherView() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);

        outOfRotation(1, 4).scene.pass(10);

        assertThat(open("checkout").reason()).isEqualTo(Reason.IMPACT_CHANGED);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
    }

    @Test
    void aViewThatComesAndGoesMakesNoStormOfVersions() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);
        long before = versions("checkout").count();

        for (int i = 0; i < 12; i++) {
            outOfRotation(1, 4).scene.pass(5);
            served(1, 4).scene.pass(5);
        }

        assertThat(versions("checkout").count() - before).isLessThanOrEqualTo(12);
    }

    @Test
    void thatItIsServedIsTakenBackWhenTheBalancersAreSilentForARound() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);
        long before = versions("checkout").count();

        scene.state("edge-1", SourceState.BLIND).pass(25);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        scene.pass(15);
        assertThat(impact("checkout")).isNull();
        assertThat(open("checkout").reason()).isEqualTo(Reason.IMPACT_CHANGED);
        scene.pass(300);
        assertThat(versions("checkout").count()).as("it is said once").isEqualTo(before + 1);

        scene.state("edge-1", SourceState.READY).pass(35);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void aBalancerThatIsBackHasARoundToLookAtWhoWentDownMeanwhile() {
        both(1, 4).pass(60);
        scene.state("edge-1", SourceState.RELOADING);
        notScraped(1, 4).scene.pass(90);

        scene.state("edge-1", SourceState.READY).pass(25);
        assertThat(impact("checkout")).as("its checks may not have run").isNull();
        scene.pass(10);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void aBalancerThatIsReloadedFasterThanItChecksLooksAtNobody() {
        both(1, 4).routers("edge-1", SHOP).pass(60);
        scene.reloads("edge-1", true);
        notScraped(1, 4).scene.pass(90);
        assertThat(impact("checkout")).as("its checks begin anew each time").isNull();

        scene.reloads("edge-1", false).pass(35);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        scene.reloads("edge-1", true).pass(90);
        assertThat(impact("checkout")).as("what was said stands").isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void thatOneIsServedSaysNothingOfThoseWhoGoDownAfterIt() {
        both(1, 4).pass(60);
        notScraped(1, 1).scene.pass(90);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);

        scene.state("edge-1", SourceState.RELOADING);
        notScraped(2, 4).scene.pass(15);
        assertThat(open("checkout").members().downTotal()).isEqualTo(4);
        assertThat(impact("checkout")).as("nobody has looked at them since").isEqualTo(Impact.NONE_KNOWN);

        scene.state("edge-1", SourceState.READY).pass(35);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void balancersThatAreSilentForLessThanARoundTakeNothingBack() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);
        long before = versions("checkout").count();

        for (int i = 0; i < 5; i++) {
            scene.state("edge-1", SourceState.BLIND).pass(25);
            scene.state("edge-1", SourceState.READY).pass(10);
        }

        assertThat(versions("checkout").count()).isEqualTo(before);
    }

    @Test
    void ofThoseWhoAreServedOneOfWhomTheBalancersAreSilentMayBeAnOutage() {
        scene = Scene.with("prom-a", "edge-1", "edge-2");
        served(1, 3).scraped(1, 4).scene.up("edge-2", SHOP, "10.0.0.4:80").pass(60);
        notScraped(1, 4).scene.pass(90);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);

        scene.state("edge-2", SourceState.BLIND).pass(45);

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
    }

    @Test
    void ofThoseWhoAreServedOneThatIsTakenOutIsNoneWhileTheBalancersAreSilentOnTheOthers() {
        scene = Scene.with("prom-a", "edge-1", "edge-2");
        served(1, 1).scraped(1, 2).scene.up("edge-2", SHOP, "10.0.0.2:80").pass(60);
        notScraped(1, 2).scene.pass(90);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);

        scene.state("edge-2", SourceState.BLIND);
        outOfRotation(1, 1).scene.pass(10);

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
    }

    @Test
    void thatItIsServedIsTakenBackWhenABalancerKnowsOfItNoMore() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);

        each(1, 4, i -> scene.change("edge-1", SHOP, i, new Health.Unknown(Health.UnknownWhy.SOURCE_BLIND)));
        scene.pass(10);

        assertThat(impact("checkout")).isNull();
        assertThat(open("checkout").reason()).isEqualTo(Reason.IMPACT_CHANGED);
    }

    @Test
    void thatUsersFeelItStandsWhileTheBalancersAreSilent() {
        both(1, 4).pass(60);
        outOfRotation(1, 4).notScraped(1, 4).scene.pass(60);
        long before = versions("checkout").count();

        scene.state("edge-1", SourceState.BLIND).pass(300);

        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
        assertThat(versions("checkout").count()).isEqualTo(before);
    }

    @Test
    void theImpactFollowsTheBalancersWhilePrometheusIsBlind() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);
        scene.state("prom-a", SourceState.SUSPECT).pass(300);
        assertThat(impact("checkout")).as("they go on to serve it").isEqualTo(Impact.OBSERVABILITY);

        outOfRotation(1, 1).scene.pass(15);
        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
        assertThat(open("checkout").members().downTotal()).isEqualTo(4);

        outOfRotation(2, 4).scene.pass(15);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);

        served(1, 4).scene.pass(15);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void thatAllAreServedIsNotSaidWhileSomeOfThoseWhoAreListedCannotBeSeen() {
        scene = Scene.with("edge-1", "prom-a", "prom-b");
        served(1, 3).scraped(1, 3);
        each(4, 5, i -> scene.up("prom-b", "checkout", i));
        scene.pass(60);
        notScraped(1, 3);
        each(4, 5, i -> scene.down("prom-b", "checkout", i));
        scene.pass(90);
        assertThat(impact("checkout")).as("of two the balancers know nothing").isEqualTo(Impact.NONE_KNOWN);

        outOfRotation(3, 3); // a version now, before the others: there is no second one for 10 s
        each(4, 5, i -> scene.up("prom-b", "checkout", i));
        scene.pass(5);
        served(3, 3).scene.state("prom-b", SourceState.BLIND).pass(15);

        assertThat(open("checkout").counts().down()).isEqualTo(3);
        assertThat(open("checkout").members().downTotal()).isEqualTo(5);
        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
    }

    @Test
    void theImpactIsTakenBackWhenNobodyHasBeenDownForARound() {
        both(1, 4).pass(60);
        outOfRotation(1, 4).notScraped(1, 4).scene.pass(60);

        each(1, 4, i -> scene.change("prom-a", "checkout", i, new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY))
                .change("edge-1", SHOP, i, new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY)));
        scene.pass(25);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
        scene.pass(15);
        assertThat(impact("checkout")).isNull();
        assertThat(impact(SHOP)).isNull();
        assertThat(open("checkout").reason()).isEqualTo(Reason.IMPACT_CHANGED);
        long before = scene.versions.size();
        scene.pass(300);
        assertThat(scene.versions).as("it is said once: %s", scene.told).hasSize((int) before);
    }

    @Test
    void theImpactIsTakenBackWhenOfAllWhoWereDownNobodyKnows() {
        both(1, 4).pass(60);
        outOfRotation(1, 4).notScraped(1, 4).scene.pass(60);

        scene.state("prom-a", SourceState.BLIND).pass(60);
        each(1, 4, i -> scene.change("prom-a", "checkout", i, new Health.Unknown(Health.UnknownWhy.SOURCE_BLIND)));
        scene.pass(40);
        assertThat(impact("checkout")).isNull();

        scene.state("prom-a", SourceState.READY);
        notScraped(1, 4).scene.pass(15);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
    }

    @Test
    void aMomentInWhichNobodyIsDownTakesNothingBack() {
        both(1, 4).pass(60);
        outOfRotation(1, 4).notScraped(1, 4).scene.pass(60);
        long before = versions("checkout").count();

        for (int k = 0; k < 5; k++) {
            each(
                    1,
                    4,
                    i -> scene.change("prom-a", "checkout", i, new Health.Unknown(Health.UnknownWhy.SCRAPE_OVERDUE)));
            scene.pass(20);
            notScraped(1, 4).scene.pass(10);
        }

        assertThat(versions("checkout").count()).isEqualTo(before);
    }

    @Test
    void whoIsSilentAfterOurRestartHasARoundToSpeak() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);

        scene.state("edge-1", SourceState.BLIND).killAndRestart(10).pass(25);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        scene.pass(15);
        assertThat(impact("checkout")).isNull();
    }

    @Test
    void aRestartRebuildsTheJoinAndTellsNothingNew() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);
        long before = scene.versions.size();

        scene.killAndRestart(10).pass(120);

        assertThat(scene.versions).as("%s", scene.told).hasSize((int) before);
        outOfRotation(1, 4).scene.pass(30);
        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
    }

    @Test
    void theEndOfAnOutageSaysWhatItWas() {
        both(1, 4).pass(60);
        outOfRotation(1, 4).notScraped(1, 4).scene.pass(60);

        both(1, 4).pass(60);

        assertThat(versions("checkout").reduce((a, b) -> b).orElseThrow()).satisfies(end -> {
            assertThat(end.open()).isFalse();
            assertThat(end.both().impact()).isEqualTo(Impact.USERS);
        });
    }

    @Test
    void theOtherViewShortensTheConfirmation() {
        Scene alone =
                Scene.with("prom-a").up("prom-a", "checkout", "10.0.0.1:80").up("prom-a", "checkout", "10.0.0.2:80");
        alone.pass(60)
                .down("prom-a", "checkout", "10.0.0.1:80")
                .down("prom-a", "checkout", "10.0.0.2:80")
                .pass(60);
        both(1, 2).pass(60);
        notScraped(1, 2).outOfRotation(1, 2).scene.pass(60);

        assertThat(alone.versions.get(0).openedAt()).isEqualTo(Scene.START.plusSeconds(65 + 20));
        assertThat(versions("checkout").findFirst().orElseThrow().openedAt())
                .isEqualTo(Scene.START.plusSeconds(65 + 5));
    }

    @Test
    void aViewThatHasNoVoteShortensNothing() {
        both(1, 2).pass(60);

        outOfRotation(1, 2).scene.pass(5);
        scene.state("edge-1", SourceState.SUSPECT).pass(1);
        notScraped(1, 2).scene.pass(60);

        assertThat(versions("checkout").findFirst().orElseThrow().openedAt())
                .isEqualTo(Scene.START.plusSeconds(70 + 20));
    }

    @Test
    void jobsThatAreMappedAreJudgedAsAWholeWhereTheirEndpointsAreNotKnown() {
        scene = new Scene(
                OutageRules.DEFAULT,
                List.of(new Mapping(Pattern.compile("shop@.*"), Pattern.compile("exporter"), Map.of())),
                "prom-a",
                "edge-1");
        served(1, 4);
        each(11, 12, i -> scene.up("prom-a", "exporter", i));
        scene.pass(60);

        each(11, 12, i -> scene.down("prom-a", "exporter", i));
        scene.pass(90);
        assertThat(joined("exporter").rung()).isEqualTo(Rung.MAPPING);
        assertThat(joined("exporter").endpoints()).isZero();
        assertThat(impact("exporter")).isEqualTo(Impact.OBSERVABILITY);

        outOfRotation(1, 1).scene.pass(60);
        assertThat(impact("exporter")).isEqualTo(Impact.NONE_KNOWN);

        outOfRotation(2, 4).scene.pass(60);
        assertThat(impact("exporter")).isEqualTo(Impact.USERS);
        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
    }

    @Test
    void aTargetThatLeftIsJoinedNoMore() {
        both(1, 4).pass(60);
        notScraped(1, 4).scene.pass(90);

        each(1, 4, i -> scene.change("edge-1", SHOP, i, new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY)));
        scene.pass(30);

        assertThat(open("checkout").both()).isEqualTo(BothViews.NONE);
    }

    @Test
    void sourcesOfOneKindSayNothingOfImpact() {
        scene = Scene.with("prom-a");
        scraped(1, 4).scene.pass(60);

        notScraped(1, 4).scene.pass(60);

        assertThat(open("checkout").both()).isEqualTo(BothViews.NONE);
    }

    @Test
    void theKindThatComesLaterFindsTheOther() {
        scraped(1, 4).scene.pass(60);
        served(1, 4).scene.pass(30);

        notScraped(1, 4).scene.pass(90);

        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }
}
