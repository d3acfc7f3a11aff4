package dev.tocsin.poll;

import static dev.tocsin.poll.Answers.POOLS;
import static dev.tocsin.poll.Answers.READY;
import static dev.tocsin.poll.Answers.RUNTIME;
import static dev.tocsin.poll.Answers.TARGETS;
import static dev.tocsin.poll.Answers.bytes;
import static dev.tocsin.poll.Answers.hang;
import static dev.tocsin.poll.Answers.head;
import static dev.tocsin.poll.Answers.json;
import static dev.tocsin.poll.Answers.target;
import static dev.tocsin.poll.Answers.targets;
import static dev.tocsin.poll.Answers.text;
import static dev.tocsin.poll.Answers.thenClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.poll.ScriptedServer.Script;
import dev.tocsin.source.PrometheusPaths;
import dev.tocsin.source.SourceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a source with many targets is asked: many are more than four here. */
final class PoolByPoolTest {
    private static final Stride.Lines LINES = new Stride.Lines(4, 3);
    private static final String ASK = "/api/v1/targets?state=active&scrapePool=";
    private static final String ASK_ALL = "/api/v1/targets?state=active";
    private static final String RESTARTED =
            "{\"status\":\"success\",\"data\":{\"startTime\":\"2026-11-21T00:00:00Z\",\"reloadConfigSuccess\":true}}";

    private final Rig rig = new Rig();
    private final ScriptedServer server = ScriptedServer.start(rig.vertx);

    @AfterEach
    void noExceptionReachedAnEventLoop() {
        rig.close();
        assertThat(rig.uncaught).isEmpty();
    }

    @Test
    void afterABigListEachPoolIsAskedInItsTurnAndTheStartTimeLast() {
        offers("a", "b");
        poll();

        PollResult.Answered first = answered(1);
        PollResult.Answered second = answered(2);

        assertThat(asked().subList(4, 8)).containsExactly(POOLS, ASK + "a", ASK + "b", RUNTIME);
        assertThat(second.observations()).hasSize(6);
        assertThat(ids(second)).containsExactlyInAnyOrderElementsOf(ids(first));
        assertThat(second.server())
                .isEqualTo(new PollResult.ServerFacts(
                        Instant.parse("2026-11-20T00:00:00Z"), true, List.of("a", "b"), null));
        assertThat(server.connectionsAccepted()).isEqualTo(1);
        assertThat(rig.batches).noneMatch(PoolByPoolTest::tellsOfTargets);
    }

    @Test
    void oneRequestIsInFlight() {
        offers("a", "b", "c");
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (String pool : List.of("a", "b", "c")) {
            server.answer(ASK + pool, (vertx, socket) -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                vertx.setTimer(20, t -> {
                    inFlight.decrementAndGet();
                    list(pool).play(vertx, socket);
                });
            });
        }
        poll();

        answered(4);

        assertThat(most).hasValue(1);
    }

    @Test
    void namesOfPoolsAreEscaped() {
        offers("serviceMonitor/ns/name/0", "a&b=c", "100%", "two words", "a+b", "k\u00f6ln\u2713", "#?;");
        List<String> escaped = List.of(
                "serviceMonitor%2Fns%2Fname%2F0",
                "a%26b%3Dc", "100%25", "two+words", "a%2Bb", "k%C3%B6ln%E2%9C%93", "%23%3F%3B");
        poll();

        PollResult.Answered second = answered(2);

        assertThat(asked().subList(5, 12))
                .containsExactlyInAnyOrderElementsOf(
                        escaped.stream().map(name -> ASK + name).toList());
        assertThat(second.observations()).hasSize(21);
    }

    record Fault(String name, Script script, SourceState state, Why why, Duration timeout) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        String half = targets(target("x")).substring(0, 200);
        return Stream.of(
                fault("status 500", text(500, "no"), Why.HTTP_STATUS),
                fault(
                        "an error",
                        json("{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"x\"}"),
                        Why.API_ERROR),
                fault("no JSON", json("up"), Why.NOT_JSON),
                fault("a cut answer", thenClose(head(200, "application/json", 4_000, "") + half), Why.MALFORMED),
                new Fault("a hanging answer", hang(), SourceState.RELOADING, Why.TIMEOUT, Rig.TIMEOUT),
                new Fault(
                        "draining",
                        text(503, "x", "X-Prometheus-Stopping: true"),
                        SourceState.STOPPING,
                        Why.DRAINING,
                        Rig.PATIENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aPoolThatFailsMakesTheRoundDarkAndNothingIsApplied(Fault fault) {
        offers("a", "b", "c");
        poll(Rig.with(Rig.config(server), fault.timeout()), Rig.LIMITS);
        answered(2);

        int before = rig.results.size();
        server.answer(ASK + "b", fault.script());
        PollResult.Dark dark = rig.dark(before);
        server.answer(ASK + "b", list("b"));
        PollResult.Answered after = rig.answered(rig.results.indexOf(dark));

        assertThat(dark.state()).as(dark.detail()).isEqualTo(fault.state());
        assertThat(dark.why()).as(dark.detail()).isEqualTo(fault.why());
        assertThat(after.observations()).hasSize(9);
        assertThat(rig.results)
                .allMatch(r -> !(r instanceof PollResult.Answered a)
                        || a.observations().size() == 9);
        assertThat(rig.batches).noneMatch(PoolByPoolTest::tellsOfTargets);
    }

    @Test
    void aServerThatStartsAgainInTheMiddleIsWarmingAndNothingIsGone() {
        offers("a", "b", "c");
        poll();
        answered(2);

        server.answer(ASK + "a", (vertx, socket) -> {
            server.answer(POOLS, json(pools()));
            for (String pool : List.of("a", "b", "c")) {
                server.answer(ASK + pool, json(targets("")));
            }
            server.answer(RUNTIME, json(RESTARTED));
            list("a").play(vertx, socket);
        });
        await().until(() -> rig.batches.stream().anyMatch(batch -> batch.restarts() == 1));
        PollResult.Answered torn = (PollResult.Answered) rig.result(
                0, r -> r instanceof PollResult.Answered a && a.observations().size() == 3);

        assertThat(torn.server().startTime()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
        await().until(() -> rig.results.get(rig.results.size() - 1).poll() > torn.poll() + 5);
        assertThat(rig.batches).noneMatch(PoolByPoolTest::tellsOfTargets);
    }

    @Test
    void aServerThatGoesDownInTheMiddleAndReplaysItsLogIsStarting() {
        offers("a", "b");
        poll();
        answered(2);

        server.answer(ASK + "a", (vertx, socket) -> {
            server.answer(ASK + "b", text(503, "Service Unavailable"));
            server.answer(READY, text(503, "Service Unavailable"));
            list("a").play(vertx, socket);
        });
        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.state()).isEqualTo(SourceState.STARTING);
        assertThat(rig.batches).noneMatch(PoolByPoolTest::tellsOfTargets);
    }

    /* Measured on 2.42 and 3.x: 200 with empty lists. */
    @Test
    void aPoolThatVanishesBetweenListAndQuestionIsEmpty() {
        offers("a", "b", "c");
        poll();
        answered(2);

        server.answer(ASK + "b", json(targets("")));
        PollResult.Answered without = (PollResult.Answered) rig.result(
                0, r -> r instanceof PollResult.Answered a && a.observations().size() == 6);

        assertThat(without.server().pools()).containsExactly("a", "b", "c");
        assertThat(asked()).doesNotContain(READY);
    }

    @Test
    void fewTargetsAreAskedForAtOnceAgain() {
        offers("a", "b");
        poll();
        answered(2);

        server.answer(ASK + "b", json(targets("")));
        server.answer(ASK + "a", json(targets(in("a", "x"))));
        int before = asked().size();
        await().until(() -> asked().lastIndexOf(ASK_ALL) > before);

        assertThat(asked().subList(before, asked().lastIndexOf(ASK_ALL)).stream()
                        .filter(POOLS::equals))
                .hasSizeBetween(2, 5);
    }

    @Test
    @DisplayName("F26: the limit of targets holds over all pools")
    void theLimitOfTargetsHoldsOverAllPools() {
        offers("a", "b", "c");
        poll(Rig.config(server), new SourceLimits(32 << 20, 9, 4 << 10));
        assertThat(answered(2).observations()).hasSize(9);

        server.answer(ASK + "c", json(targets(in("c", "1", "2", "3", "4"))));
        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.why()).isEqualTo(Why.LIMIT);
        assertThat(dark.detail()).isEqualTo("more than 9 targets");
    }

    @Test
    void aServerThatIgnoresTheFilterIsAskedForAllAtOnceForGood() {
        server.answer(ASK + "a", offers("a", "b"));
        poll();

        PollResult.Answered seen = answered(5);

        assertThat(seen.observations()).hasSize(6);
        assertThat(asked()).filteredOn(asked -> asked.startsWith(ASK)).containsExactly(ASK + "a");
        assertThat(rig.results).allMatch(PollResult.Answered.class::isInstance);
    }

    @Test
    void aServerThatNoLongerTellsItsPoolsIsAskedForAllAtOnce() {
        offers("a", "b");
        poll();
        answered(2);

        server.answer(POOLS, Answers.NOT_FOUND);
        long seen = rig.results.size();
        answered(seen + 3);

        assertThat(rig.results).allMatch(PollResult.Answered.class::isInstance);
        assertThat(asked().subList(asked().size() - 3, asked().size())).contains(ASK_ALL);
    }

    @Test
    void aPoolListThatFailsMakesTheRoundDark() {
        offers("a", "b");
        poll();
        answered(2);

        server.answer(POOLS, text(502, "<html>"));
        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.why()).isEqualTo(Why.HTTP_STATUS);
        assertThat(dark.state()).isEqualTo(SourceState.BLIND);
    }

    @Test
    void theAgeOfATargetIsJudgedByTheClockBeforeTheFirstPool() {
        offers("a", "b");
        server.answer(
                ASK + "b",
                (vertx, socket) -> vertx.setTimer(300, t -> {
                    String body = targets(in("b", "1", "2", "3"));
                    String dated =
                            head(200, "application/json", body.length(), "").replace("00:00:01", "00:00:31");
                    bytes(dated + body).play(vertx, socket);
                }));
        poll();

        PollResult.Answered second = answered(2);

        assertThat(second.sourceTime()).isEqualTo(Instant.parse("2026-11-21T00:00:01Z"));
        assertThat(second.at().millisSince(second.sourceTimeAt())).isGreaterThanOrEqualTo(290);
        assertThat(answered(1).sourceTimeAt()).isEqualTo(answered(1).at());
    }

    @Test
    void allPoolsTogetherMayTakeThreeDeadlines() {
        offers("a", "b", "c", "d", "e", "f");
        poll(Rig.with(Rig.config(server), Rig.TIMEOUT), Rig.LIMITS);
        answered(2);
        int before = rig.results.size();

        for (String pool : List.of("a", "b", "c", "d", "e", "f")) {
            server.answer(
                    ASK + pool,
                    (vertx, socket) -> vertx.setTimer(400, t -> list(pool).play(vertx, socket)));
        }
        PollResult.Dark dark = rig.dark(before);

        assertThat(dark.state()).as(dark.detail()).isEqualTo(SourceState.RELOADING);
        assertThat(dark.why()).isEqualTo(Why.TIMEOUT);
    }

    @Test
    void thousandsOfPoolsAreNoDeepStack() {
        offers(IntStream.range(0, 3_000).mapToObj(i -> "pool-" + i).toArray(String[]::new));
        poll(Rig.config(server), new SourceLimits(32 << 20, 10_000, 4 << 10));

        assertThat(answered(2).observations()).hasSize(9_000);
    }

    /** Three targets in each of those pools; the list of all. */
    private Script offers(String... names) {
        List<String> all = new ArrayList<>();
        for (String name : names) {
            all.add(in(name, "1", "2", "3"));
            server.answer(PrometheusPaths.targetsOf(name), list(name));
        }
        Script whole = json(targets(String.join(",", all)));
        server.answer(TARGETS, whole);
        server.answer(POOLS, json(pools(names)));
        return whole;
    }

    private static String pools(String... names) {
        return Stream.of(names)
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(",", "{\"status\":\"success\",\"data\":{\"scrapePools\":[", "]}}"));
    }

    private static Script list(String pool) {
        return json(targets(in(pool, "1", "2", "3")));
    }

    private static String in(String pool, String... hosts) {
        return Stream.of(hosts)
                .map(host ->
                        target("host-" + host).replace("\"scrapePool\":\"node\"", "\"scrapePool\":\"" + pool + "\""))
                .collect(Collectors.joining(","));
    }

    private void poll() {
        poll(Rig.config(server), Rig.LIMITS);
    }

    private void poll(SourceConfig config, SourceLimits limits) {
        rig.poll(config, limits, LINES, Clock.system());
    }

    private PollResult.Answered answered(long poll) {
        return (PollResult.Answered) rig.result(0, r -> r instanceof PollResult.Answered && r.poll() >= poll);
    }

    private List<String> asked() {
        return server.requests().stream().map(head -> head.split(" ", 3)[1]).toList();
    }

    private static List<String> ids(PollResult.Answered answer) {
        return answer.observations().stream().map(o -> o.target().id()).toList();
    }

    private static Fault fault(String name, Script script, Why why) {
        return new Fault(name, script, SourceState.BLIND, why, Rig.PATIENT);
    }

    /* First sights are told; a change is not. */
    private static boolean tellsOfTargets(DeltaBatch batch) {
        return batch.deltas().stream().anyMatch(delta -> delta.seq() > 1);
    }
}
