package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Outages of sources and sites, as tables in virtual time: a poll of each source every 5 s. */
class SourceWatchTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Map<Source, SourceState> states = new LinkedHashMap<>();
    private final Map<String, Integer> restarts = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final Map<String, Outage> last = new LinkedHashMap<>();
    private final List<Tombstone> tombstones = new ArrayList<>();
    private final Map<String, Integer> down = new HashMap<>();
    private WaitClock waits = new WaitClock();
    private SourceWatch watch = new SourceWatch(List.of(), "node-1", OutageRules.DEFAULT, waits, 1);
    private int second;

    private void given(String... namesAtClusters) {
        for (String name : namesAtClusters) {
            String[] parts = name.split("@");
            states.put(new Source(parts[0], parts[1], SourceKind.PROMETHEUS), SourceState.READY);
        }
        watch = new SourceWatch(states.keySet(), "node-1", OutageRules.DEFAULT, waits, 1);
    }

    private SourceWatchTest when(String name, SourceState state) {
        states.replaceAll((source, old) -> source.name().equals(name) ? state : old);
        return this;
    }

    private SourceWatchTest pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            Moment now = new Moment(second * 1_000L, START.plusSeconds(second));
            waits.beat(now.monoMillis());
            if (second % 5 == 0) {
                states.forEach((source, state) -> take(watch.batch(batch(source, state, now))));
            }
            take(watch.tick(now));
        }
        return this;
    }

    private DeltaBatch batch(Source source, SourceState state, Moment now) {
        int downs = down.getOrDefault(source.name(), 0);
        return Batches.of(source, state, now, downs, restarts.getOrDefault(source.name(), 0), null);
    }

    private void take(Decided decided) {
        tombstones.addAll(decided.tombstones());
        decided.findings()
                .forEach(finding -> told.add("%ds %s %s %s"
                        .formatted(
                                second,
                                finding.open() ? "finding" : "cleared",
                                finding.kind().text(),
                                finding.subject())));
        for (Outage outage : decided.outages()) {
            last.put(outage.scope().key(), outage);
            told.add("%ds %s %s %s%s"
                    .formatted(
                            second,
                            outage.change().text(),
                            outage.scope().title(),
                            outage.reason().text(),
                            outage.parent() == null ? "" : " with parent"));
        }
    }

    @Test
    void aSourceThatCannotBeReachedIsOneOutageUntilItIsReady() {
        given("a@eu", "b@us", "c@ap");

        pass(20).when("a", SourceState.BLIND)
                .pass(60)
                .when("a", SourceState.STARTING)
                .pass(20);
        when("a", SourceState.WARMING).pass(10).when("a", SourceState.READY).pass(60);

        assertThat(told).containsExactly("35s opened a source_unreachable", "115s resolved a source_ready");
    }

    @Test
    void aQuickRestartIsNoOutage() {
        given("a@eu");

        pass(20).when("a", SourceState.BLIND)
                .pass(10)
                .when("a", SourceState.STARTING)
                .pass(120);
        when("a", SourceState.READY).pass(60);

        assertThat(told).isEmpty();
    }

    @Test
    void aReloadThatStallsIsNoOutage() {
        given("a@eu");

        pass(20).when("a", SourceState.RELOADING)
                .pass(60)
                .when("a", SourceState.READY)
                .pass(60);

        assertThat(told).isEmpty();
    }

    @Test
    void aStartThatTakesTenMinutesIsAnOutage() {
        given("a@eu");

        pass(20).when("a", SourceState.STARTING).pass(700);

        assertThat(told).containsExactly("625s opened a source_starting_long");
    }

    @Test
    void aFrozenSourceIsAnOutage() {
        given("a@eu", "b@us");

        pass(20).when("a", SourceState.FROZEN).pass(30);

        assertThat(told).containsExactly("30s opened a source_frozen");
    }

    @Test
    void threeRestartsInTenMinutesAreAnOutage() {
        given("a@eu", "b@us");
        pass(20);

        for (int i = 0; i < 3; i++) {
            restarts.merge("a", 1, Integer::sum);
            pass(60);
        }

        assertThat(told).containsExactly("145s opened a source_restarting");
        pass(600);
        assertThat(told).hasSize(2).last().asString().contains("resolved a source_ready");
    }

    @Test
    void bothTwinsAwayAreOneSiteOutage() {
        given("a@eu", "b@eu", "c@us");

        pass(20).when("a", SourceState.BLIND)
                .pass(5)
                .when("b", SourceState.BLIND)
                .pass(60);
        when("a", SourceState.READY).when("b", SourceState.READY).pass(30);

        assertThat(told).containsExactly("40s opened cluster eu cluster_dark", "90s resolved cluster eu site_ended");
    }

    @Test
    void whatIsStillDarkWhenTheSiteEndsGetsItsOwnOutage() {
        given("a@eu", "b@eu", "c@us");

        pass(20).when("a", SourceState.BLIND).when("b", SourceState.BLIND).pass(60);
        when("a", SourceState.READY).pass(30);

        assertThat(told)
                .containsExactly(
                        "35s opened cluster eu cluster_dark",
                        "85s resolved cluster eu site_ended",
                        "95s opened b source_unreachable");
    }

    @Test
    void aTwinThatIsBackAMomentAfterTheSiteEndsHasNoOutageOfItsOwn() {
        given("a@eu", "b@eu");
        pass(20).when("a", SourceState.BLIND).when("b", SourceState.BLIND).pass(60);

        when("a", SourceState.READY).pass(10).when("b", SourceState.READY).pass(60);

        assertThat(told).containsExactly("35s opened cluster eu cluster_dark", "85s resolved cluster eu site_ended");
    }

    @Test
    @DisplayName("F45: everything dark at once is one outage of the node that says it may be us")
    void everythingDarkAtOnceIsOneOutageOfTheNodeThatSaysItMayBeUs() {
        given("a@eu", "b@eu", "c@us", "d@ap");

        for (String name : List.of("a", "b", "c", "d")) {
            when(name, SourceState.BLIND);
        }
        pass(60);

        assertThat(told).containsExactly("15s opened node node-1 node_dark");
        assertThat(last.values().iterator().next().detail()).contains("or this monitor");
    }

    @Test
    void anOutageOfASourceThatIsOpenAlreadyBecomesAPartOfTheSite() {
        given("a@eu", "b@eu", "c@eu", "d@eu", "e@eu", "f@eu", "g@eu", "h@eu", "i@eu", "j@eu");
        pass(20).when("j", SourceState.BLIND).pass(60);

        for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i")) {
            when(name, SourceState.BLIND);
        }
        pass(60);

        assertThat(told)
                .containsExactly(
                        "35s opened j source_unreachable",
                        "95s opened node node-1 node_dark",
                        "95s changed j parent_changed with parent");
    }

    @Test
    void aSuspectSourceWithoutATwinIsASiteOutageOfAllBehindIt() {
        given("a@eu", "b@us");

        pass(20).when("a", SourceState.SUSPECT)
                .pass(60)
                .when("a", SourceState.READY)
                .pass(30);

        assertThat(told)
                .containsExactly(
                        "30s opened everything behind a everything_behind_source_down",
                        "85s resolved everything behind a site_ended");
    }

    @Test
    void aSuspectSourceWithASightedTwinIsAFindingAndNoOutage() {
        given("a@eu", "b@eu");

        pass(20).when("a", SourceState.SUSPECT)
                .pass(600)
                .when("a", SourceState.READY)
                .pass(5);

        assertThat(told)
                .containsExactly(
                        "25s finding vantages_disagree {source=a}", "625s cleared vantages_disagree {source=a}");
    }

    @Test
    void aTwinThatSeesTheSameDoesNotContradictASuspectSource() {
        given("a@eu", "b@eu");
        down.put("b", 9);

        pass(20).when("a", SourceState.SUSPECT).pass(60);

        assertThat(told).isEmpty(); // b has a vote, and tells the outages of the jobs
    }

    @Test
    void aSourceThatCameBackWhileWeWereAwayIsResolvedWithTheBoundsOfItsEnd() {
        given("a@eu");
        pass(20).when("a", SourceState.BLIND).pass(60);
        Watermark watermark = new Watermark(
                states.keySet().iterator().next(), SourceState.BLIND, null, START.plusSeconds(20), 0, 0, 0, 1, 1);

        waits = new WaitClock();
        watch = new SourceWatch(states.keySet(), "node-1", OutageRules.DEFAULT, waits, 2);
        watch.restore(List.of(), last.values(), List.of(), List.of(watermark));
        second += 100;
        when("a", SourceState.READY).pass(30);

        assertThat(told).containsExactly("35s opened a source_unreachable", "185s resolved a ended_while_away");
        assertThat(last.values().iterator().next().endedBetween())
                .isEqualTo(new Outage.Between(START.plusSeconds(35), START.plusSeconds(185)));
    }

    @Test
    void anOutageOfASourceThatIsConfiguredNoMoreIsClosed() {
        given("a@eu");
        pass(20).when("a", SourceState.BLIND).pass(60);

        watch = new SourceWatch(List.of(), "node-1", OutageRules.DEFAULT, waits, 2);
        watch.restore(List.of(), last.values(), List.of(), List.of());
        pass(5);

        assertThat(told).hasSize(2).last().isEqualTo("81s closed a source_removed");
    }

    @Test
    void theEndOfAKeyComesFromWhomItsRecordsCameFrom() {
        given("a@eu", "b@us", "c@ap");
        pass(20).when("a", SourceState.BLIND)
                .when("b", SourceState.BLIND)
                .when("c", SourceState.BLIND)
                .pass(60);

        watch = new SourceWatch(List.of(), "node-1", OutageRules.DEFAULT, waits, 2);
        watch.restore(List.of(), last.values(), List.of(), List.of());
        pass(16 * 60);

        assertThat(told).last().asString().contains("closed node node-1 source_removed");
        assertThat(tombstones).hasSize(1);
        assertThat(tombstones.get(0).origin()).containsExactly("node", "node-1");
    }

    @Test
    void aStallOfOurOwnIsNoEvidence() {
        given("a@eu");
        pass(20).when("a", SourceState.BLIND).pass(5);

        second += 30;
        pass(5).when("a", SourceState.READY).pass(30);

        assertThat(told).isEmpty();
    }
}
