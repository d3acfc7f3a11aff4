package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.PollResult.Dark;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant DATE = Instant.parse("2026-11-20T09:59:58Z");
    private static final Instant START = Instant.parse("2026-11-20T05:05:39.001Z");
    private static final Moment AT = new Moment(1_000, NOW);
    private static final Exchange<List<Observation>> NO_TARGETS = new Exchange.Answered<>(List.of(), DATE);
    private static final Exchange<RuntimeFacts> RUNTIME =
            new Exchange.Answered<>(new RuntimeFacts(START, true, START, null), DATE);
    private static final Exchange<String> READY = new Exchange.Answered<>("Prometheus Server is Ready.", DATE);
    private static final Exchange<WalReplay> REPLAY = new Exchange.Answered<>(new WalReplay(3, 12, 7), DATE);

    private static <T> Exchange<T> status(int status) {
        return status(status, "Service Unavailable");
    }

    private static <T> Exchange<T> status(int status, String body) {
        return new Exchange.Refused<>(status, false, null, "text/plain; charset=utf-8", body);
    }

    private static <T> Exchange<T> stopping() {
        return new Exchange.Refused<>(503, true, null, "text/plain; charset=utf-8", "Service Unavailable");
    }

    private static <T> Exchange<T> failed(Why why) {
        return new Exchange.Failed<>(why, "no answer within 4 s");
    }

    private static PollResult read(
            Exchange<List<Observation>> targets,
            @Nullable Exchange<RuntimeFacts> runtime,
            @Nullable Exchange<String> ready,
            @Nullable Exchange<WalReplay> replay) {
        return PrometheusReader.read(new PrometheusRound(7, AT, AT, targets, runtime, null, null, ready, replay));
    }

    private static Dark dark(Exchange<List<Observation>> targets) {
        return (Dark) read(targets, null, null, null);
    }

    @Test
    void aTargetListIsAnAnswerWithWhatTheServerSaysOfItself() {
        PollResult result = PrometheusReader.read(new PrometheusRound(
                7,
                AT,
                AT,
                NO_TARGETS,
                RUNTIME,
                new Exchange.Answered<>(List.of("a", "b"), DATE),
                new Exchange.Answered<>(new DroppedCounts(Map.of("a", 3)), DATE),
                null,
                null));

        assertThat(result)
                .isEqualTo(new Answered(
                        7,
                        AT,
                        DATE,
                        new PollResult.ServerFacts(START, true, List.of("a", "b"), Map.of("a", 3)),
                        List.of()));
    }

    @Test
    void withoutADateTheServersTimeAndThenOurOwnClockStandsIn() {
        Exchange<List<Observation>> undated = new Exchange.Answered<>(List.of(), null);
        Instant server = Instant.parse("2026-11-20T09:59:57Z");
        Exchange<RuntimeFacts> told = new Exchange.Answered<>(new RuntimeFacts(START, null, null, server), null);

        assertThat(((Answered) read(undated, told, null, null)).sourceTime()).isEqualTo(server);
        assertThat(((Answered) read(undated, RUNTIME, null, null)).sourceTime()).isEqualTo(NOW);
    }

    @Test
    void aListThatCameInPartsIsDatedByTheFirst() {
        Moment dated = new Moment(AT.monoMillis() - 400, NOW.minusMillis(400));
        Exchange<List<Observation>> undated = new Exchange.Answered<>(List.of(), null);
        Instant end = Instant.parse("2026-11-20T09:59:57Z");
        Exchange<RuntimeFacts> told = new Exchange.Answered<>(new RuntimeFacts(START, null, null, end), null);

        assertThat(inParts(dated, NO_TARGETS, told).sourceTime()).isEqualTo(DATE);
        assertThat(inParts(dated, NO_TARGETS, told).sourceTimeAt()).isEqualTo(dated);
        assertThat(inParts(dated, undated, told).sourceTime()).isEqualTo(end.minusMillis(400));
        assertThat(inParts(dated, undated, RUNTIME).sourceTime()).isEqualTo(dated.wall());
    }

    private static Answered inParts(Moment dated, Exchange<List<Observation>> targets, Exchange<RuntimeFacts> runtime) {
        return (Answered)
                PrometheusReader.read(new PrometheusRound(7, AT, dated, targets, runtime, null, null, null, null));
    }

    @Test
    void aRuntimeinfoThatFailsLeavesNobodyKnowingTheStart() {
        for (Exchange<RuntimeFacts> runtime : List.of(
                PrometheusReaderTest.<RuntimeFacts>failed(Why.TIMEOUT),
                PrometheusReaderTest.<RuntimeFacts>status(404),
                PrometheusReaderTest.<RuntimeFacts>status(500))) {
            Answered answered = (Answered) read(NO_TARGETS, runtime, READY, null);

            assertThat(answered.server().startTime()).isNull();
            assertThat(answered.server().pools()).isNull();
        }
    }

    @Test
    void aServerThatIsUnavailableJustAfterItsListIsNotBelieved() {
        assertThat(((Dark) read(NO_TARGETS, stopping(), null, null)).state()).isEqualTo(SourceState.STOPPING);
        assertThat(((Dark) read(NO_TARGETS, status(503), status(503), REPLAY)).state())
                .isEqualTo(SourceState.STARTING);
    }

    @Test
    void aServerThatReplaysItsLogIsStarting() {
        Dark dark = (Dark) read(status(503), status(503), status(503), REPLAY);

        assertThat(dark)
                .isEqualTo(new Dark(7, AT, SourceState.STARTING, Why.WAL_REPLAY, "replaying WAL segment 5 of 10"));
        assertThat(((Dark) read(status(503), null, status(503), null)).detail()).isEqualTo("not ready yet");
        assertThat(((Dark) read(failed(Why.TIMEOUT), null, status(503), REPLAY)).state())
                .isEqualTo(SourceState.STARTING);
    }

    @Test
    void aProxyThatIsUnavailableIsNoStartingServer() {
        Dark dark = (Dark) read(status(503), status(503), status(503), status(503));

        assertThat(dark.state()).isEqualTo(SourceState.BLIND);
        assertThat(dark.why()).isEqualTo(Why.HTTP_STATUS);
        assertThat(((Dark) read(status(503), null, READY, REPLAY)).state()).isEqualTo(SourceState.BLIND);
        assertThat(((Dark) read(status(503), null, failed(Why.REFUSED), null)).state())
                .isEqualTo(SourceState.BLIND);
    }

    @Test
    void aServerThatSaysSoIsStopping() {
        assertThat(dark(stopping()).why()).isEqualTo(Why.DRAINING);
        assertThat(((Dark) read(status(503), null, stopping(), null)).state()).isEqualTo(SourceState.STOPPING);
        assertThat(((Dark) read(failed(Why.TIMEOUT), null, stopping(), null)).state())
                .isEqualTo(SourceState.STOPPING);
    }

    @Test
    void aListThatStallsWhileTheServerIsReadyIsAReload() {
        Dark dark = (Dark) read(failed(Why.TIMEOUT), failed(Why.TIMEOUT), READY, null);

        assertThat(dark.state()).isEqualTo(SourceState.RELOADING);
        assertThat(dark.why()).isEqualTo(Why.TIMEOUT);
        assertThat(dark.detail()).startsWith("no answer within 4 s; it says it is ready");
        assertThat(((Dark) read(failed(Why.TIMEOUT), null, failed(Why.TIMEOUT), null)).state())
                .isEqualTo(SourceState.BLIND);
    }

    @Test
    void f01FailuresOfTheTransportPassTheirWhy() {
        for (Why why : List.of(Why.REFUSED, Why.UNREACHABLE, Why.DNS, Why.TLS, Why.TIMEOUT, Why.LIMIT, Why.NOT_JSON)) {
            Dark dark = dark(failed(why));

            assertThat(dark.state()).isEqualTo(SourceState.BLIND);
            assertThat(dark.why()).isEqualTo(why);
            assertThat(dark.detail()).isEqualTo("no answer within 4 s");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | AUTH | HTTP 401: it does not accept our credentials",
                "403 | AUTH | HTTP 403: it does not accept our credentials",
                "407 | AUTH | HTTP 407: the proxy does not accept our credentials",
                "404 | HTTP_STATUS | HTTP 404: no Prometheus API at this place, wrong base path?",
                "405 | HTTP_STATUS | HTTP 405: no Prometheus API at this place, wrong base path?",
                "415 | HTTP_STATUS | HTTP 415: no Prometheus API at this place, wrong base path?",
                "429 | HTTP_STATUS | HTTP 429: it is asked too often",
                "500 | HTTP_STATUS | HTTP 500: it or a proxy before it failed",
                "204 | HTTP_STATUS | HTTP 204: wanted 200",
                "302 | REDIRECT | HTTP 302: redirects to nowhere (no Location), not followed",
            })
    void f12f13AStatusIsToldInWords(int status, Why why, String detail) {
        Dark dark = dark(status(status, "x"));

        assertThat(dark).isEqualTo(new Dark(7, AT, SourceState.BLIND, why, detail));
    }

    @Test
    void f11AnErrorEnvelopeOfAnyStatusIsAnErrorOfTheApi() {
        String body = new String(
                Fixtures.bytes("prometheus-2.42/_agent-mode-422-query.json"), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(dark(status(422, body)).why()).isEqualTo(Why.API_ERROR);
        assertThat(dark(status(422, body)).detail())
                .isEqualTo("HTTP 422, error: execution: unavailable with Prometheus Agent");
        assertThat(dark(status(500, "{\"status\":\"err")).why()).isEqualTo(Why.HTTP_STATUS);
        assertThat(dark(status(401, body)).why()).isEqualTo(Why.AUTH);
    }

    @Test
    void f14APauseThatIsAskedForIsTold() {
        Dark dark = dark(new Exchange.Refused<>(429, false, Duration.ofSeconds(30), "", ""));

        assertThat(dark.detail()).isEqualTo("HTTP 429: it is asked too often, wants a pause of 30 s");
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:p@sso.corp/login?token=x, sso.corp",
        "//other:8443/x, other:8443",
        "/login?token=x, another path of the same host",
        "javascript:alert(1), a place that has no host",
    })
    void f15ARedirectNamesTheHostOnly(String location, String told) {
        Dark dark = dark(new Exchange.Refused<>(302, false, null, "", "", location));

        assertThat(dark.why()).isEqualTo(Why.REDIRECT);
        assertThat(dark.detail()).isEqualTo("HTTP 302: redirects to " + told + ", not followed");
    }

    @Test
    void readinessIsAskedWhereItTellsMore() {
        assertThat(PrometheusReader.asksReadiness(NO_TARGETS, RUNTIME)).isFalse();
        assertThat(PrometheusReader.asksReadiness(failed(Why.TIMEOUT), null)).isTrue();
        assertThat(PrometheusReader.asksReadiness(status(503), null)).isTrue();
        assertThat(PrometheusReader.asksReadiness(NO_TARGETS, status(503))).isTrue();
        assertThat(PrometheusReader.asksReadiness(stopping(), null)).isFalse();
        assertThat(PrometheusReader.asksReadiness(failed(Why.REFUSED), null)).isFalse();
        assertThat(PrometheusReader.asksReadiness(status(404), null)).isFalse();
    }
}
