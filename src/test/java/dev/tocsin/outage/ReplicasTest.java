package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Routing;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replicas whose routers differ for long are told, with the names. */
class ReplicasTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Set<String> ALL = Set.of("a@file", "b@file", "c@file");

    private final Map<String, @Nullable Set<String>> routers = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Tombstone> tombstones = new ArrayList<>();
    private WaitClock waits = new WaitClock();
    private SourceWatch watch = new SourceWatch(List.of(), "node-1", OutageRules.DEFAULT, waits, 1);
    private int second;

    private void given(String... names) {
        for (String name : names) {
            routers.put(name, ALL);
        }
        start(1);
    }

    private void start(long epoch) {
        waits = new WaitClock();
        watch = new SourceWatch(
                routers.keySet().stream().map(ReplicasTest::source).toList(),
                "node-1",
                OutageRules.DEFAULT,
                waits,
                epoch);
    }

    private static Source source(String name) {
        return new Source(name, name.startsWith("other") ? "us-1" : "eu-1", SourceKind.TRAEFIK);
    }

    private ReplicasTest when(String name, @Nullable Set<String> has) {
        routers.put(name, has);
        return this;
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            Moment now = new Moment(second * 1_000L, START.plusSeconds(second));
            waits.beat(now.monoMillis());
            if (second % 5 == 0) {
                routers.forEach((name, has) -> take(watch.batch(batch(source(name), has, now))));
            }
            take(watch.tick(now));
        }
    }

    private static DeltaBatch batch(Source source, @Nullable Set<String> routers, Moment now) {
        return routers == null
                ? Batches.of(source, SourceState.WARMING, now, 0, 0, null)
                : Batches.of(source, SourceState.READY, now, 0, 0, new Routing(routers, Set.of(), 0));
    }

    private void take(Decided decided) {
        findings.addAll(decided.findings());
        tombstones.addAll(decided.tombstones());
        decided.findings()
                .forEach(finding -> told.add(second + " " + (finding.open() ? "opens" : "clears") + " "
                        + finding.subject() + " " + finding.detail()));
    }

    @Test
    void replicasThatHaveTheSameRoutersAreNoNews() {
        given("edge-1", "edge-2", "edge-3");

        when("edge-2", Set.of("c@file", "b@file", "a@file")).pass(300);

        assertThat(told).isEmpty();
    }

    @Test
    void aReplicaThatLacksRoutersOfItsPeersIsTakenForWhatItIsAfterHalfAMinute() {
        given("edge-1", "edge-2", "edge-3");
        pass(60);

        when("edge-2", Set.of("b@file")).pass(60);
        when("edge-2", ALL).pass(60);

        assertThat(told)
                .containsExactly(
                        "95 opens {source=edge-2} edge-2 is configured otherwise than its peers:"
                                + " it lacks 2 routers that most of its peers have: a@file, c@file",
                        "125 clears {source=edge-2} edge-2 is configured otherwise than its peers:"
                                + " it lacks 2 routers that most of its peers have: a@file, c@file");
        assertThat(findings.get(0))
                .returns("eu-1", Finding::source)
                .returns("eu-1", Finding::cluster)
                .returns(List.of("eu-1"), Finding::origin);
    }

    @Test
    void ofTwoThatDifferItIsToldOfTheOneThatHasMoreAsNobodyKnowsWhichIsRight() {
        given("edge-1", "edge-2");

        when("edge-2", Set.of("c@file")).pass(60);

        assertThat(told)
                .containsExactly("40 opens {source=edge-1} edge-1 is configured otherwise than its peers:"
                        + " it has 2 routers that most of its peers lack: a@file, b@file");
    }

    @Test
    void aReplicaMayHaveAndLackRouters() {
        given("edge-1", "edge-2", "edge-3");

        when("edge-3", Set.of("a@file", "b@file", "new@file")).pass(60);

        assertThat(told)
                .containsExactly(
                        "35 opens {source=edge-3} edge-3 is configured otherwise than its peers: it has 1 router"
                                + " that most of its peers lack: new@file; it lacks 1 router that most of its peers have: c@file");
    }

    /* viktorbarzin/infra 165bb725: 6 routers, and 119 of its peers (facts 8). */
    @Test
    void noMoreThanTenNamesAreToldAndHowManyThereAre() {
        Set<String> many =
                IntStream.range(100, 219).mapToObj(i -> "r" + i + "@k8s").collect(Collectors.toSet());
        given("edge-1", "edge-2", "edge-3");

        when("edge-1", many)
                .when("edge-2", Set.of("r100@k8s"))
                .when("edge-3", many)
                .pass(60);

        assertThat(told)
                .singleElement()
                .asString()
                .endsWith("it lacks 118 routers that most of its peers have: r101@k8s, r102@k8s, r103@k8s, r104@k8s,"
                        + " r105@k8s, r106@k8s, r107@k8s, r108@k8s, r109@k8s, r110@k8s and 108 more");
    }

    @Test
    void aConfigurationThatRollsFromReplicaToReplicaIsNone() {
        given("edge-1", "edge-2", "edge-3");

        for (String name : List.of("edge-1", "edge-2", "edge-3")) {
            when(name, Set.of("a@file", "b@file", "d@file")).pass(25);
        }
        pass(60);

        assertThat(told).isEmpty();
    }

    @Test
    void whoCannotBeComparedIsNeitherToldNorClearedNorAPeer() {
        given("edge-1", "edge-2");
        when("edge-2", Set.of("a@file", "b@file", "c@file", "d@file")).pass(60);
        told.clear();

        when("edge-1", null).pass(120);

        assertThat(told).as("its only peer has no configuration").isEmpty();

        when("edge-1", ALL).when("edge-2", null).pass(120);

        assertThat(told).isEmpty();

        when("edge-2", ALL).pass(5);

        assertThat(told).singleElement().asString().startsWith("305 clears {source=edge-2}");
    }

    @Test
    void halfAMinuteBeginsAnewWhenItCouldNotBeCompared() {
        given("edge-1", "edge-2", "edge-3");

        when("edge-2", Set.of()).pass(25);
        when("edge-2", null).pass(5);
        when("edge-2", Set.of()).pass(30);

        assertThat(told).isEmpty();

        pass(5);

        assertThat(told).hasSize(1);
    }

    @Test
    void anotherClusterIsAnotherWorld() {
        given("edge-1", "other-1");

        when("other-1", Set.of("z@file")).pass(120);

        assertThat(told).isEmpty();
    }

    @Test
    void afterOurRestartWhatStandsGoesOnAndWhatIsNoLongerConfiguredIsCleared() {
        given("edge-1", "edge-2", "edge-3");
        when("edge-2", Set.of()).pass(60);
        List<Finding> open = List.copyOf(findings);
        told.clear();

        start(2);
        watch.restore(List.of(), List.of(), open, List.of());
        pass(60);

        assertThat(told).isEmpty();

        routers.remove("edge-2");
        start(3);
        watch.restore(List.of(), List.of(), open, List.of());
        pass(1);

        assertThat(told).singleElement().asString().contains("clears {source=edge-2}");
        assertThat(findings.get(findings.size() - 1)).returns(2L, Finding::seq).returns(3L, Finding::epoch);
    }

    @Test
    void aFindingThatClearedEndsItsKey() {
        given("edge-1", "edge-2", "edge-3");
        when("edge-2", Set.of()).pass(60);
        when("edge-2", ALL).pass((int) OutageRules.DEFAULT.absentFor().toSeconds() + 10);

        assertThat(tombstones)
                .extracting(Tombstone::key)
                .containsExactly(findings.get(0).key());
    }
}
