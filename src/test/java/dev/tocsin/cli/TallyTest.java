package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final Instant ONSET = Instant.parse("2026-11-20T10:00:00Z");

    private final Tally tally = new Tally();

    @Test
    void nothingToldIsNothingLeftOpen() {
        assertThat(tally.lines()).containsExactly("0 outages and 0 findings; nothing is left open");
    }

    @Test
    void anOutageCountsOnceHoweverManyVersionsItHas() {
        tally.take(outage("o-1", "api", Outage.Change.OPENED, 4));
        tally.take(outage("o-1", "api", Outage.Change.CHANGED, 20));
        tally.take(outage("o-1", "api", Outage.Change.RESOLVED, 60));

        assertThat(tally.lines())
                .containsExactly(
                        "1 outage and 0 findings; nothing is left open",
                        "from the first failed scrape until an outage was told: 4s as a rule, 4s at worst");
    }

    @Test
    void theMiddleAndTheWorstDelayAreTold() {
        for (int delay : new int[] {30, 3, 5}) {
            tally.take(outage("o-" + delay, "api-" + delay, Outage.Change.OPENED, delay));
            tally.take(outage("o-" + delay, "api-" + delay, Outage.Change.CLOSED, 90));
        }

        assertThat(tally.lines().get(1)).endsWith(": 5s as a rule, 30s at worst");
    }

    @Test
    void whatStandsIsNamed() {
        tally.take(outage("o-1", "api", Outage.Change.OPENED, 4));
        tally.take(finding("a", true));
        tally.take(finding("b", true));
        tally.take(finding("b", false));

        assertThat(tally.lines().get(0))
                .isEqualTo("1 outage and 2 findings; still open: outage of api, finding pool empty on prom-a");
    }

    private static Told finding(String key, boolean open) {
        return new Told.OfFinding(
                0,
                new Finding(
                        key, FindingKind.POOL_EMPTY, "prom-a", "eu", Map.of("pool", key), open, ONSET, "", "", 1, 1));
    }

    private static Told outage(String id, String job, Outage.Change change, int seconds) {
        boolean over = change == Outage.Change.RESOLVED || change == Outage.Change.CLOSED;
        Instant at = ONSET.plusSeconds(seconds);
        return new Told.OfOutage(
                0,
                new Outage(
                        id,
                        change == Outage.Change.OPENED ? 1 : 2,
                        change,
                        over ? Reason.MEMBERS_UP : Reason.JOB_WIDE_SHARE_REACHED,
                        new Scope.Job("eu", SourceKind.PROMETHEUS, job),
                        Verdict.JOB,
                        false,
                        false,
                        0,
                        null,
                        null,
                        List.of(),
                        ONSET,
                        at,
                        at,
                        over ? at : null,
                        null,
                        new JobCounts(2, 0, 2, 0, 0, 0),
                        2,
                        1,
                        null,
                        List.of(),
                        new Outage.Vantages(List.of("prom-a"), List.of()),
                        Outage.Members.NONE,
                        "",
                        BothViews.NONE,
                        1,
                        1));
    }
}
