package dev.tocsin.triage;

import static dev.tocsin.triage.Rounds.NOW;
import static dev.tocsin.triage.Rounds.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.SourceKind;
import dev.tocsin.join.Rung;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.Impact;
import dev.tocsin.triage.Report.JobOut;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one look tells of what users feel. The job {@code checkout} is scraped where the service {@code shop@file} is
 * served; targets are scraped and servers checked every 15 s with a timeout of 10 s.
 */
class OtherViewsTest {
    private static final String SHOP = "shop@file";
    private static final String FAILED = "traefik: health check failed: serverStatus is DOWN";
    private static final String[] ALL = hosts(1, 4);

    private final Rounds rounds = new Rounds();
    private final Rounds.Server prom = rounds.server("prom-a", "eu");
    private final Rounds.Server edge = rounds.balancer("edge-1", "eu");

    private static String[] hosts(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "10.0.0." + i + ":8080")
                .toArray(String[]::new);
    }

    private JobOut out(String job) {
        return rounds.report().jobs().stream()
                .filter(each -> each.job().equals(job))
                .findFirst()
                .orElseThrow(() -> new AssertionError(job + " is not out"));
    }

    private Impact impact(String job) {
        return out(job).both().impact();
    }

    private Joined joined(String job) {
        assertThat(out(job).both().joined()).hasSize(1);
        return out(job).both().joined().get(0);
    }

    @Test
    void whatIsDownInBothViewsUsersFeel() {
        prom.down("checkout", REFUSED, ALL);
        edge.down(SHOP, FAILED, ALL);

        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
        assertThat(joined("checkout"))
                .isEqualTo(new Joined(SourceKind.TRAEFIK, SHOP, Rung.HOST_PORT, 4, 4, 0, 0, 0, 0, 0));
        assertThat(joined(SHOP).sourceKind()).isEqualTo(SourceKind.PROMETHEUS);
    }

    @Test
    void whatIsScrapedWellAndOutOfRotationUsersFeel() {
        prom.up("checkout", ALL);
        edge.down(SHOP, FAILED, ALL);

        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
        assertThat(joined(SHOP).outOfRotation()).isEqualTo(4);
    }

    @Test
    void whatIsServedWellAndHasFailedForLongIsAMatterOfObservability() {
        prom.down("checkout", REFUSED, ALL).lastUp(600, "checkout", ALL);
        edge.up(SHOP, ALL);

        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        assertThat(joined("checkout").notScraped()).isEqualTo(4);
    }

    @Test
    void ofWholeJobsThoseThatUsersFeelComeFirstAndThoseThatTheyDoNotLast() {
        String[] more = hosts(11, 19);
        prom.down("checkout", REFUSED, ALL).down("batch", REFUSED, hosts(21, 28));
        edge.down(SHOP, FAILED, ALL);
        prom.down("search", REFUSED, more).lastUp(600, "search", more);
        edge.up("search@file", more);

        assertThat(rounds.report().jobs()).extracting(JobOut::job).containsExactly("checkout", SHOP, "batch", "search");
    }

    @Test
    void othersThatServeAreAllThatIsKnownOfAPart() {
        prom.up("checkout", hosts(3, 4)).down("checkout", REFUSED, hosts(1, 2));
        edge.up(SHOP, hosts(3, 4)).down(SHOP, FAILED, hosts(1, 2));

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
        assertThat(impact(SHOP)).isEqualTo(Impact.NONE_KNOWN);
    }

    @Test
    void whenNearlyAllServersAreOutUsersFeelItInBothViews() {
        prom.up("checkout", hosts(10, 10)).down("checkout", REFUSED, hosts(1, 9));
        edge.up(SHOP, hosts(10, 10)).down(SHOP, FAILED, hosts(1, 9));

        assertThat(impact("checkout")).isEqualTo(Impact.USERS);
        assertThat(impact(SHOP)).isEqualTo(Impact.USERS);
    }

    @ParameterizedTest(name = "last up {0} s ago: {1}")
    @CsvSource({"5,", "64,", "66, OBSERVABILITY", "3600, OBSERVABILITY"})
    void thatItIsServedIsNotSaidBeforeTheBalancersMustHaveCheckedSince(int secondsAgo, Impact impact) {
        prom.down("checkout", REFUSED, ALL).lastUp(secondsAgo, "checkout", ALL);
        edge.up(SHOP, ALL);

        assertThat(impact("checkout")).isEqualTo(impact);
        assertThat(joined("checkout").notScraped()).isEqualTo(impact == null ? 0 : 4);
        assertThat(joined("checkout").unknown()).isEqualTo(impact == null ? 4 : 0);
    }

    @ParameterizedTest(name = "{0} scrapes failed, and none has not: {1}")
    @CsvSource({"1,", "2,", "3, OBSERVABILITY"})
    void whoWasNeverUpHasFailedForAsLongAsItWasScraped(int scrapes, Impact impact) {
        prom.down("checkout", REFUSED, ALL).neverUp(scrapes, "checkout", ALL);
        edge.up(SHOP, ALL);

        assertThat(impact("checkout")).isEqualTo(impact);
    }

    @Test
    void whatFailedAfterTheBalancersHadAnsweredIsNotCounted() {
        prom.down("checkout", REFUSED, ALL).lastUp(70, "checkout", ALL).atMillis = 1_000 + 6_000;
        edge.up(SHOP, ALL);
        assertThat(impact("checkout")).as("30 s, of which 24 before").isNull();

        prom.atMillis = 1_000 + 5_000;
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void aServerIsNoWitnessOfWhatWasBeforeItStarted() {
        prom.down("checkout", REFUSED, ALL).lastUp(600, "checkout", ALL).startTime = NOW.minusSeconds(49);
        edge.up(SHOP, ALL);
        assertThat(impact("checkout")).isNull();

        prom.startTime = NOW.minusSeconds(50);
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
    }

    @Test
    void withoutAMemoryItIsNotKnownWhetherItIsServed() {
        prom.down("checkout", REFUSED, ALL).lastUp = null;
        edge.up(SHOP, ALL);

        assertThat(impact("checkout")).isNull();
    }

    @Test
    void anUpThatNoCheckIsBehindIsNoProofThatItIsServed() {
        prom.down("checkout", REFUSED, ALL).lastUp(600, "checkout", ALL);
        edge.up(SHOP, hosts(1, 3)).unscraped(SHOP, ALL[3]);

        assertThat(impact("checkout")).as("three are served").isEqualTo(Impact.NONE_KNOWN);
        assertThat(joined("checkout").unknown()).isEqualTo(1);
        edge.targets.clear();
        for (String server : ALL) {
            edge.unscraped(SHOP, server);
        }
        edge.up("other@file", "10.9.9.9:1");
        assertThat(impact("checkout")).as("nobody is known to be").isNull();
    }

    @Test
    void whatReplicasContradictEachOtherAboutIsNotServedForCertain() {
        prom.down("checkout", REFUSED, ALL).lastUp(600, "checkout", ALL);
        edge.up(SHOP, ALL);
        rounds.balancer("edge-2", "eu").down(SHOP, FAILED, ALL);

        assertThat(impact("checkout")).isNull();
        assertThat(joined("checkout").unknown()).isEqualTo(4);
    }

    @Test
    void aSourceThatCannotBeSeenThroughHasNoWord() {
        prom.down("checkout", REFUSED, ALL).lastUp(600, "checkout", ALL);
        edge.up(SHOP, ALL);
        edge.startTime = NOW.minusSeconds(5);
        edge.targets.clear();
        for (String server : ALL) {
            edge.unscraped(SHOP, server);
        }

        assertThat(out("checkout").both()).isEqualTo(BothViews.NONE);
    }

    @Test
    void loopbackIsJoinedByTheConfigurationOnly() {
        String[] local = {"127.0.0.1:8081", "127.0.0.1:8082"};
        prom.down("checkout", REFUSED, local).lastUp(600, "checkout", local);
        edge.up(SHOP, local);
        assertThat(out("checkout").both()).isEqualTo(BothViews.NONE);

        rounds.joined("shop@.*", "checkout");
        assertThat(impact("checkout")).isEqualTo(Impact.OBSERVABILITY);
        assertThat(joined("checkout").rung()).isEqualTo(Rung.MAPPING);
    }

    @Test
    void whatIsInferredIsNeverServedForCertain() {
        String[] exporters = {"10.0.0.1:9100", "10.0.0.2:9100"};
        prom.down("checkout", REFUSED, exporters).lastUp(600, "checkout", exporters);
        edge.up(SHOP, hosts(1, 2));

        assertThat(impact("checkout")).isEqualTo(Impact.NONE_KNOWN);
        assertThat(joined("checkout").rung()).isEqualTo(Rung.HOST);
    }

    @Test
    void clustersAndSourcesOfOneKindHaveNoOtherView() {
        prom.down("checkout", REFUSED, ALL);
        rounds.balancer("edge-us", "us").down(SHOP, FAILED, ALL);

        assertThat(rounds.report().jobs()).hasSize(2).allSatisfy(job -> assertThat(job.both())
                .isEqualTo(BothViews.NONE));
    }

    @Test
    void aJobAndAServiceOfOneNameAreTwo() {
        prom.down("shop", REFUSED, ALL);
        edge.up("shop", hosts(1, 3)).down("shop", FAILED, hosts(4, 4));

        assertThat(rounds.report().jobs())
                .extracting(job -> job.scope().sourceKind() + " " + job.counts().down() + " of "
                        + job.counts().expected() + " " + job.both().impact())
                .containsExactly("PROMETHEUS 4 of 4 NONE_KNOWN", "TRAEFIK 1 of 4 NONE_KNOWN");
    }
}
