package dev.tocsin.poll;

import static dev.tocsin.poll.Answers.READY;
import static dev.tocsin.poll.Answers.TARGETS;
import static dev.tocsin.poll.Answers.hang;
import static dev.tocsin.poll.Answers.json;
import static dev.tocsin.poll.Answers.target;
import static dev.tocsin.poll.Answers.targets;
import static dev.tocsin.poll.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.Credentials;
import dev.tocsin.config.Secret;
import dev.tocsin.config.SecretRef;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a poller does from round to round. */
final class PollerTest {
    private final Rig rig = new Rig();

    @TempDir
    Path folder;

    @AfterEach
    void noExceptionReachedAnEventLoop() {
        rig.close();
        assertThat(rig.uncaught).isEmpty();
    }

    @Test
    @DisplayName("F01: a source that refuses is seen again when it listens")
    void aSourceThatRefusesIsSeenAgainWhenItListens() {
        ScriptedServer gone = ScriptedServer.start(rig.vertx);
        int port = gone.port();
        gone.close();
        rig.poll(Rig.config("prom-a", "http://127.0.0.1:" + port));

        PollResult.Dark dark = rig.dark(0);
        ScriptedServer.start(rig.vertx, new NetServerOptions().setPort(port));

        assertThat(dark.why()).as(dark.detail()).isEqualTo(Why.REFUSED);
        assertThat(rig.answered(0).observations()).hasSize(2);
    }

    /* Linux drops the SYNs of a listener whose backlog is full. */
    @Test
    @DisplayName("F02: a source that drops connections costs one deadline")
    void aSourceThatDropsConnectionsCostsOneDeadline() throws IOException {
        List<SocketChannel> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()));
                filling.add(channel);
            }
            rig.poll(Rig.with(Rig.config("prom-a", "http://127.0.0.1:" + full.getLocalPort()), Rig.TIMEOUT));

            PollResult.Dark dark = rig.dark(0);

            assertThat(dark.why()).as(dark.detail()).isEqualTo(Why.TIMEOUT);
            assertThat(dark.state()).isEqualTo(SourceState.BLIND);
        } finally {
            for (SocketChannel channel : filling) {
                channel.close();
            }
        }
    }

    @Test
    void theQuestionsOfARoundComeInTheirOrderOverOneConnection() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        rig.poll(Rig.config(server));

        rig.answered(0);

        assertThat(server.requests().stream().limit(4).map(head -> head.split(" ", 3)[1]))
                .containsExactly(
                        "/api/v1/targets?state=active",
                        "/api/v1/status/runtimeinfo",
                        "/api/v1/scrape_pools",
                        "/api/v1/targets?state=dropped&scrapePool=tocsin-asks-for-no-pool");
        assertThat(server.connectionsAccepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("F12: a source that denies us is asked rarely")
    @ValueSource(ints = {401, 403})
    void aSourceThatDeniesUsIsAskedRarely(int status) {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        server.answer(TARGETS, text(status, "no"));
        rig.poll(Rig.config(server));

        PollResult.Dark dark = rig.dark(0);
        eventually().until(() -> !rig.batches.isEmpty());

        assertThat(dark.why()).isEqualTo(Why.AUTH);
        assertThat(rig.batches.get(0).pollInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("F14: a source that wants a pause gets it")
    void aSourceThatWantsAPauseGetsIt() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        server.answer(TARGETS, text(429, "slow down", "Retry-After: 120"));
        rig.poll(Rig.config(server));

        eventually().until(() -> !rig.batches.isEmpty());

        assertThat(rig.batches.get(0).pollInterval()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @DisplayName("F15: no request follows a redirect")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRequestFollowsARedirect(int status) {
        ScriptedServer elsewhere = ScriptedServer.start(rig.vertx);
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        server.answer(TARGETS, text(status, "", "Location: http://127.0.0.1:" + elsewhere.port() + "/?token=x"));
        rig.poll(Rig.with(Rig.config(server), basic("hunter2")));

        PollResult.Dark dark = rig.dark(0);
        rig.dark(rig.results.indexOf(dark) + 1);

        assertThat(dark.why()).isEqualTo(Why.REDIRECT);
        assertThat(dark.detail()).contains("127.0.0.1:" + elsewhere.port()).doesNotContain("token");
        assertThat(elsewhere.connectionsAccepted()).isZero();
    }

    @ParameterizedTest
    @DisplayName("F24: a scrape time that is none is no evidence")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"0001-01-01T00:00:00Z\" | 0.1",
                "\"10000-01-01T00:00:00Z\" | 0.1",
                "\"\" | 0.1",
                "\"2026-11-21T00:00:00+99:99\" | 0.1",
                "\"soon\" | -1",
                "\"0001-01-01T00:00:00Z\" | NaN",
            })
    void aScrapeTimeThatIsNoneIsNoEvidence(String time, String duration) {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        String evidence = "\"lastScrape\":" + time + ",\"lastScrapeDuration\":" + duration + ",\"health\":\"unknown\"";
        server.answer(TARGETS, json(targets(target("a", evidence) + "," + target("b"))));
        rig.poll(Rig.config(server));

        List<Observation> seen = rig.answered(0).observations();

        assertThat(seen).hasSize(2).filteredOn(o -> !o.scraped()).hasSize(1).allSatisfy(o -> {
            assertThat(o.lastScrapeMillis()).isEqualTo(Observation.NEVER);
            assertThat(o.lastScrapeDurationSeconds()).isNotNegative().isFinite();
        });
    }

    @Test
    @DisplayName("F25: a target that is listed twice is one")
    void aTargetThatIsListedTwiceIsOne() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        server.answer(TARGETS, json(targets(target("a") + "," + target("a"))));
        rig.poll(Rig.config(server));

        assertThat(rig.answered(0).observations()).hasSize(1);
    }

    @Test
    @DisplayName("F27: a kept connection that died costs nothing")
    void aKeptConnectionThatDiedCostsNothing() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        Set<Object> used = ConcurrentHashMap.newKeySet();
        server.answer(TARGETS, (vertx, socket) -> {
            if (used.add(socket.remoteAddress())) {
                Answers.HEALTHY.get(TARGETS).play(vertx, socket);
            } else {
                socket.close();
            }
        });
        rig.poll(Rig.config(server));

        eventually().until(() -> rig.results.size() >= 6);

        assertThat(rig.results).allMatch(PollResult.Answered.class::isInstance);
        assertThat(server.connectionsAccepted()).isGreaterThanOrEqualTo(6);
    }

    @Test
    @DisplayName("F30: an answer that comes too late is never applied")
    void anAnswerThatComesTooLateIsNeverApplied() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        AtomicInteger lateAnswers = new AtomicInteger();
        server.answer(TARGETS, (vertx, socket) -> {
            server.healthy();
            vertx.setTimer(3 * Rig.TIMEOUT.toMillis(), t -> {
                json(targets(1)).play(vertx, socket);
                lateAnswers.incrementAndGet();
            });
        });
        rig.poll(Rig.with(Rig.config(server), Rig.TIMEOUT));

        eventually().until(() -> lateAnswers.get() == 1);
        rig.answered(rig.results.size());

        assertThat(rig.results.get(0)).isInstanceOf(PollResult.Dark.class);
        assertThat(rig.results)
                .filteredOn(PollResult.Answered.class::isInstance)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(((PollResult.Answered) result).observations())
                        .hasSize(2));
    }

    @Test
    @DisplayName("F31: one request is in flight and the rounds it overlaps are counted")
    void oneRequestIsInFlightAndTheRoundsItOverlapsAreCounted() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.answer(TARGETS, (vertx, socket) -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            vertx.setTimer(3 * Rig.INTERVAL.toMillis(), t -> {
                inFlight.decrementAndGet();
                Answers.HEALTHY.get(TARGETS).play(vertx, socket);
            });
        });
        rig.poll(Rig.config(server));

        eventually().until(() -> rig.results.size() >= 3);

        assertThat(most).hasValue(1);
        assertThat(rig.meters.get("tocsin.poll.skipped").counter().count()).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @DisplayName("F33: a server that replays its log is starting")
    @ValueSource(strings = {"X-Prometheus-Stopping: false", "X-Nothing: on 2.x"})
    void aServerThatReplaysItsLogIsStarting(String header) {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        server.answer(TARGETS, text(503, "Service Unavailable", header));
        server.answer(READY, text(503, "Service Unavailable", header));
        rig.poll(Rig.config(server));

        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.state()).as(dark.detail()).isEqualTo(SourceState.STARTING);
        assertThat(dark.why()).isEqualTo(Why.WAL_REPLAY);
        assertThat(dark.detail()).isEqualTo("replaying WAL segment 1 of 2");
    }

    @Test
    @DisplayName("F34: a server that drains is stopping")
    void aServerThatDrainsIsStopping() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        server.answer(TARGETS, text(503, "Service Unavailable", "X-Prometheus-Stopping: true"));
        rig.poll(Rig.config(server));

        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.state()).as(dark.detail()).isEqualTo(SourceState.STOPPING);
        assertThat(dark.why()).isEqualTo(Why.DRAINING);
    }

    @Test
    @DisplayName("F57: a round in which we stalled says nothing")
    void aRoundInWhichWeStalledSaysNothing() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        AtomicLong slept = new AtomicLong();
        Clock real = Clock.system();
        Clock clock = () -> {
            Moment now = real.now();
            return now.plus(Duration.ofMillis(slept.get()));
        };
        server.answer(TARGETS, (vertx, socket) -> {
            server.healthy();
            slept.addAndGet(30_000);
            text(500, "late").play(vertx, socket);
        });
        rig.poll(Rig.config(server), Rig.LIMITS, clock);

        eventually().until(() -> rig.results.size() >= 2);

        assertThat(rig.results).allMatch(PollResult.Answered.class::isInstance);
        assertThat(rig.results.get(0).poll()).isEqualTo(1);
        assertThat(rig.meters.get("tocsin.poll.voided").counter().count()).isEqualTo(1);
    }

    @Test
    @DisplayName("F74: a rotated password counts at the next round")
    void aRotatedPasswordCountsAtTheNextRound() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "old\n");
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        SourceConfig config = Rig.config(server);
        rig.poll(Rig.with(config, new Credentials.Basic("tocsin", new SecretRef.InFile(file))));
        rig.answered(0);

        Files.writeString(file, "new");
        int before = server.requests().size();
        eventually().until(() -> server.requests().size() > before + 8);

        assertThat(server.requests().get(0)).contains("Basic dG9jc2luOm9sZA==");
        assertThat(server.requests().get(before + 8)).contains("Basic dG9jc2luOm5ldw==");
    }

    @Test
    void aPasswordThatIsNotThereIsToldByItsPlace() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        SecretRef missing = new SecretRef.InFile(folder.resolve("nowhere"));
        rig.poll(Rig.with(Rig.config(server), new Credentials.Authorization("Bearer", missing)));

        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.why()).isEqualTo(Why.AUTH);
        assertThat(dark.detail()).contains("authorization credentials", "nowhere");
        assertThat(server.connectionsAccepted()).isZero();
    }

    @Test
    void aProxyIsAskedInThePlaceOfTheSource() {
        ScriptedServer proxy = ScriptedServer.start(rig.vertx);
        SourceConfig c = Rig.config("prom-a", "http://prom.example:9090/base");
        Answers.HEALTHY.forEach((path, script) -> proxy.answer("/base" + path, script));
        rig.poll(new SourceConfig(
                c.source(),
                c.url(),
                c.interval(),
                c.timeout(),
                c.credentials(),
                c.tls(),
                c.headers(),
                URI.create("http://127.0.0.1:" + proxy.port()),
                c.externalLabels(),
                null,
                TraefikConfig.NONE));

        assertThat(rig.answered(0).observations()).hasSize(2);
        assertThat(proxy.requests().get(0))
                .startsWith("GET http://prom.example:9090/base/api/v1/targets?state=active ")
                .containsIgnoringCase("host: prom.example:9090");
    }

    @Test
    void theLagOfAnEventLoopIsMeasured() {
        Rig.join(rig.vertx.deployVerticle(new LoopLag(rig.meters)));

        eventually().until(() -> rig.meters.get("tocsin.loop.lag").timer().count() >= 3);
    }

    @Test
    void anUndeployedPollerAsksNoMore() {
        ScriptedServer server = ScriptedServer.start(rig.vertx);
        String poller = rig.poll(Rig.config(server));
        rig.answered(0);
        server.answer(TARGETS, hang());
        long asked = server.requests(TARGETS);
        eventually().until(() -> server.requests(TARGETS) > asked);

        Rig.join(rig.vertx.undeploy(poller));
        int told = rig.results.size();

        eventually().until(() -> server.connectionsOpen() == 0);
        assertThat(rig.results).hasSize(told);
    }

    private static Credentials basic(String password) {
        return new Credentials.Basic("tocsin", new SecretRef.Literal(new Secret(password)));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }
}
