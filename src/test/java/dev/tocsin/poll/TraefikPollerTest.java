package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.Credentials;
import dev.tocsin.config.SecretRef;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.Tape;
import dev.tocsin.source.ToldLines;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A Traefik is polled over the wire: recorded stories at speed, doors, and reloads between the answers. */
class TraefikPollerTest {
    private static final int STORY_SECONDS = 45;

    private final Rig rig = new Rig();
    private final Map<String, Tape.Reply> answers = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        assertThat(rig.uncaught).isEmpty();
        rig.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedStoryIsToldAsItWasOverTheWire() {
        return Tape.stories().stream()
                .map(story -> dynamicTest(story, () -> {
                    Tape tape = Tape.of(story);
                    Steps steps = new Steps(tape.date(0));
                    TraefikStub stub = new TraefikStub(rig.vertx, asked -> {
                        Tape.Reply reply = tape.reply(asked.path(), steps.second(asked.path()) + 0.6);
                        steps.replied(asked.path(), reply.status());
                        return new TraefikStub.Answer(reply, tape.date(steps.second));
                    });
                    SourceConfig config = config("edge-1", stub.url(), Duration.ofSeconds(1), null);

                    List<DeltaBatch> batches = rig.told(config, steps, STORY_SECONDS + 1);

                    ToldLines told = new ToldLines();
                    batches.forEach(batch -> told.add(batch.poll() - 1, batch));
                    assertThat(told.lines()).isEqualTo(ToldLines.expected(story));
                }));
    }

    /** A clock that goes on a second with each round, as the one who is asked sees it. Thread-safe: volatile. */
    private static final class Steps implements Clock {
        private final Instant zero;
        private volatile int second = -1;
        private volatile String last = "";
        private volatile int lastStatus;
        private volatile boolean metrics;

        Steps(Instant zero) {
            this.zero = zero;
        }

        @Override
        public Moment now() {
            return new Moment(777_000 + second * 1_000L, zero.plusSeconds(second));
        }

        @Override
        public long machineMillis(long millis) {
            return Math.max(1, millis / 100);
        }

        @Override
        public WaitClock waits() {
            return new WaitClock(Duration.ofHours(1).toMillis());
        }

        /* A round begins with the metrics, and where there are some ends with them after the version; a closed connection
         * is asked again. */
        int second(String path) {
            boolean again = path.equals(last) && lastStatus == 0;
            boolean ends = metrics && last.equals("/api/version");
            if (path.equals("/metrics") && !ends && !again) {
                second++;
            }
            return second;
        }

        void replied(String path, int status) {
            last = path;
            lastStatus = status;
            metrics = path.equals("/metrics") ? status == 200 : metrics;
        }
    }

    @Test
    void theDoorOfTheApiOpensWithHostAndCredentialsWhichGoNowhereElse() throws IOException {
        Path password = Files.createTempFile("tocsin", ".secret");
        Files.writeString(password, "sesame");
        TraefikStub metrics = new TraefikStub(rig.vertx, this::answer);
        TraefikStub api = new TraefikStub(rig.vertx, this::answer);
        answers.put("/m", reply("/metrics"));
        answers.put("/base/api/http/services?per_page=100000", reply("/api/http/services?per_page=100000"));
        answers.put("/base/api/tcp/services?per_page=100000", new Tape.Reply(0, "", 200, "[]"));
        SourceConfig config = new SourceConfig(
                source("edge-1"),
                URI.create(api.url() + "/base"),
                Rig.INTERVAL,
                Rig.PATIENT,
                new Credentials.Basic("ops", new SecretRef.InFile(password)),
                TlsConfig.DEFAULT,
                Map.of(),
                null,
                Map.of(),
                "traefik.example",
                new TraefikConfig(URI.create(metrics.url().replace("127.0.0.1", "localhost") + "/m"), null, List.of()));

        rig.poll(config);
        PollResult.Answered answered = rig.answered(0);

        assertThat(answered.observations()).extracting(Observation::reading).contains(Observation.Reading.UP);
        assertThat(api.asked())
                .allMatch(asked -> asked.host().equals("traefik.example"))
                .allMatch(asked -> asked.credentials().equals("Basic b3BzOnNlc2FtZQ=="))
                .allMatch(asked -> asked.path().startsWith("/base/api/"));
        assertThat(metrics.asked())
                .isNotEmpty()
                .allMatch(asked -> asked.credentials().isEmpty() && asked.path().equals("/m"));
    }

    /* A drain with a grace on all entry points, as recorded: ping 503 first, then nothing answers (facts 1). */
    @Test
    void aPingTellsATraefikThatDrainsFromOneThatIsDeadAndFromAnApiThatCannotBeSeen() {
        TraefikStub stub = new TraefikStub(rig.vertx, this::answer);
        answers.put("/ping", new Tape.Reply(0, "", 200, "OK"));
        rig.poll(pinged(config("edge-1", stub.url(), Rig.INTERVAL, null), stub.url() + "/ping"));
        rig.answered(0);

        answers.put("/ping", new Tape.Reply(0, "", 503, "Service Unavailable"));
        PollResult.Dark draining = rig.dark(0);
        answers.put("/ping", new Tape.Reply(0, "", 200, "OK"));
        answers.put("/api/http/services?per_page=100000", new Tape.Reply(0, "", 404, "404 page not found\n"));
        PollResult.Dark hidden = darkBut(SourceState.STOPPING);
        answers.put("/ping", new Tape.Reply(0, "", 0, ""));
        PollResult.Dark dead = (PollResult.Dark) rig.result(
                0,
                result ->
                        result instanceof PollResult.Dark dark && dark.detail().contains("does not answer"));

        assertThat(draining)
                .returns(SourceState.STOPPING, PollResult.Dark::state)
                .returns(SourceState.Why.DRAINING, PollResult.Dark::why);
        assertThat(hidden.state()).isEqualTo(SourceState.BLIND);
        assertThat(hidden.detail()).contains("no router for this Host", "traffic is still served");
        assertThat(dead.state()).isEqualTo(SourceState.BLIND);
    }

    private PollResult.Dark darkBut(SourceState state) {
        return (PollResult.Dark)
                rig.result(0, result -> result instanceof PollResult.Dark dark && dark.state() != state);
    }

    /* It answers nothing for as long as it is asked: the API has its time all the same. */
    @Test
    void aPingThatHangsTakesAPartOfTheTimeOnly() {
        TraefikStub stub = new TraefikStub(rig.vertx, this::answer);
        NetServer silent = rig.vertx.createNetServer().connectHandler(socket -> {});
        int port = Rig.join(silent.listen(0, "127.0.0.1")).actualPort();
        SourceConfig config = Rig.with(config("edge-1", stub.url(), Rig.INTERVAL, null), Duration.ofSeconds(2));

        rig.poll(pinged(config, "http://127.0.0.1:" + port));

        assertThat(rig.answered(0).observations()).isNotEmpty();
    }

    private static SourceConfig pinged(SourceConfig c, String ping) {
        return new SourceConfig(
                c.source(),
                c.url(),
                c.interval(),
                c.timeout(),
                c.credentials(),
                c.tls(),
                c.headers(),
                c.proxy(),
                c.externalLabels(),
                c.hostHeader(),
                new TraefikConfig(c.traefik().metricsUrl(), URI.create(ping), List.of()));
    }

    @Test
    void aWrongHostIsToldFromAnApiWithoutTheList() {
        TraefikStub stub = new TraefikStub(rig.vertx, this::answer);
        answers.put("/api/http/services?per_page=100000", new Tape.Reply(0, "", 404, "404 page not found\n"));
        rig.poll(config("edge-1", stub.url(), Rig.INTERVAL, null));

        assertThat(rig.dark(0))
                .returns(SourceState.Why.HTTP_STATUS, PollResult.Dark::why)
                .extracting(PollResult.Dark::detail)
                .asString()
                .contains("no router for this Host and path");

        answers.put("/api/http/services?per_page=100000", new Tape.Reply(0, "", 404, "{\"message\":\"no\"}\n"));
        PollResult.Dark other = (PollResult.Dark) rig.result(
                rig.results.size(),
                result ->
                        result instanceof PollResult.Dark dark && !dark.detail().contains("Host"));

        assertThat(other.detail()).contains("no API of a Traefik at this place");
    }

    @Test
    void aReloadBetweenTheAnswersMakesTheRoundWorthlessAndItIsAskedAgain() {
        AtomicInteger pages = new AtomicInteger();
        TraefikStub stub = new TraefikStub(rig.vertx, asked -> {
            boolean first = asked.path().equals("/metrics") && pages.getAndIncrement() == 0;
            Tape.Reply reply =
                    first ? new Tape.Reply(0, "", 200, "traefik_config_reloads_total 99\n") : reply(asked.path());
            return new TraefikStub.Answer(reply, Instant.now());
        });
        rig.poll(config("edge-1", stub.url(), Rig.INTERVAL, null));

        PollResult.Answered answered = rig.answered(0);

        assertThat(answered.poll()).isEqualTo(1);
        assertThat(stub.asked().stream().limit(8))
                .filteredOn(asked -> asked.path().startsWith("/api/http/services"))
                .hasSize(2);
        assertThat(answered.observations()).extracting(Observation::reading).contains(Observation.Reading.UP);
    }

    /* A proxy in between drops the query, or limits it: then each list has 100 entries, and the rest would be missing. */
    @Test
    void aPageOfAListIsNoList() {
        TraefikStub stub = new TraefikStub(
                rig.vertx,
                asked -> new TraefikStub.Answer(
                        reply(asked.path()), Instant.now(), asked.path().startsWith("/api/http/services") ? 2 : 1));
        rig.poll(config("edge-1", stub.url(), Rig.INTERVAL, null));

        assertThat(rig.dark(0))
                .returns(SourceState.Why.MALFORMED, PollResult.Dark::why)
                .extracting(PollResult.Dark::detail)
                .isEqualTo(
                        "/api/http/services?per_page=100000: got a page of the list (X-Next-Page: 2), want all of it");
    }

    @Test
    void withoutMetricsDownIsBelievedAtOnceAndUpLater() {
        TraefikStub stub = new TraefikStub(rig.vertx, this::answer);
        answers.put("/metrics", new Tape.Reply(0, "", 404, "404 page not found\n"));
        rig.poll(config("edge-1", stub.url(), Rig.INTERVAL, null));

        Map<Observation.Reading, Long> counts = new HashMap<>();
        rig.answered(0).observations().forEach(seen -> counts.merge(seen.reading(), 1L, Long::sum));

        assertThat(counts.get(Observation.Reading.DOWN)).isPositive();
        assertThat(counts.get(Observation.Reading.UNKNOWN)).isPositive();
        assertThat(counts.get(Observation.Reading.UNCHECKED)).isPositive();
        assertThat(counts.get(Observation.Reading.UP)).isNull();
    }

    /* The stub answers 404 to what it has no answer for, as a version before 3.7 does of certificates. */
    @Test
    void whatAVersionDoesNotHaveIsNoNews() {
        TraefikStub stub = new TraefikStub(rig.vertx, this::answer);
        rig.poll(config("edge-1", stub.url(), Rig.INTERVAL, null));

        PollResult.Answered answered = rig.answered(0);

        assertThat(stub.asked()).anyMatch(asked -> asked.path().startsWith("/api/certificates"));
        assertThat(answered.server().warnings())
                .isNotEmpty()
                .noneMatch(warning -> warning.kind() == FindingKind.CERTIFICATE_EXPIRING);
    }

    @Test
    void whatChangesWithAReloadAloneIsAskedOnceAndAgainAfterOne() {
        AtomicInteger lists = new AtomicInteger();
        TraefikStub stub = new TraefikStub(rig.vertx, asked -> {
            boolean list = asked.path().startsWith("/api/http/services");
            int asks = list ? lists.incrementAndGet() : lists.get();
            Tape.Reply page = new Tape.Reply(0, "", 200, "traefik_config_reloads_total " + (asks < 6 ? 7 : 8) + "\n");
            return new TraefikStub.Answer(asked.path().equals("/metrics") ? page : reply(asked.path()), Instant.now());
        });
        rig.poll(config("edge-1", stub.url(), Rig.INTERVAL, null));

        PollResult.Answered first = rig.answered(0);
        await().until(() -> lists.get() >= 10);

        assertThat(asides(stub, 5)).isEqualTo(1);
        assertThat(asides(stub, 10)).isEqualTo(2);
        assertThat(first.server().warnings())
                .contains(new PollResult.Warning(
                        FindingKind.ROUTER_ERROR,
                        Map.of("middleware", "broken-mw@file"),
                        "error parsing regexp: missing closing ): `(`"));
    }

    /** How often it was asked for its middlewares before it was asked for its services that many times. */
    private static long asides(TraefikStub stub, int lists) {
        int services = 0;
        int asides = 0;
        for (TraefikStub.Asked asked : stub.asked()) {
            services += asked.path().startsWith("/api/http/services") ? 1 : 0;
            asides += services < lists && asked.path().startsWith("/api/http/middlewares") ? 1 : 0;
        }
        return asides;
    }

    private TraefikStub.Answer answer(TraefikStub.Asked asked) {
        return new TraefikStub.Answer(answers.getOrDefault(asked.path(), reply(asked.path())), Instant.now());
    }

    /** What a Traefik with every kind of service answers. */
    private static Tape.Reply reply(String path) {
        Map<String, String> names = Map.of(
                "/metrics", "metrics.txt",
                "/api/http/services?per_page=100000", "http-services.json",
                "/api/tcp/services?per_page=100000", "tcp-services.json",
                "/api/http/routers?status=disabled&per_page=100000", "http-routers-status-disabled.json",
                "/api/http/middlewares?status=disabled&per_page=100000", "http-middlewares.json",
                "/api/tcp/routers?status=disabled&per_page=100000", "tcp-routers.json",
                "/api/version", "version.json");
        String name = names.get(path);
        try {
            return name == null
                    ? new Tape.Reply(0, path, 404, "404 page not found\n")
                    : new Tape.Reply(
                            0, path, 200, Files.readString(Path.of("src/test/resources/traefik/v3.7.9/rich", name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Source source(String name) {
        return new Source(name, name, SourceKind.TRAEFIK);
    }

    private static SourceConfig config(String name, String url, Duration interval, @Nullable URI metrics) {
        return new SourceConfig(
                source(name),
                URI.create(url),
                interval,
                interval.equals(Rig.INTERVAL) ? Rig.PATIENT : Duration.ofMinutes(50),
                new Credentials.None(),
                TlsConfig.DEFAULT,
                Map.of(),
                null,
                Map.of(),
                null,
                new TraefikConfig(metrics, null, List.of()));
    }
}
