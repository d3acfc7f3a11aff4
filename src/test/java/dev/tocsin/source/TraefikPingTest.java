package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Moment;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.PollResult.Dark;
import dev.tocsin.health.PollResult.ServerFacts;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ping says beside the API (src/test/resources/traefik/v3.7.9/lifecycle; facts/traefik.md section 1). */
class TraefikPingTest {
    private static final Moment NOW = new Moment(777_000, Instant.parse("2026-11-21T00:00:00Z"));
    private static final PollResult ANSWERED = new Answered(7, NOW, NOW.wall(), ServerFacts.NONE, List.of());
    private static final Exchange<String> DRAINING = refused(503, "t2-draining.ping.txt");
    private static final Exchange<String> ALIVE = new Exchange.Answered<>(body("t1-serving.ping.txt"), null);

    /* With requestAcceptGraceTimeout the API goes on with live data for the grace, then it refuses (measured). */
    @Test
    void aTraefikThatDrainsIsStoppingWhileItsApiAnswersAndWhenItDoesNot() {
        for (PollResult result : List.of(ANSWERED, dark(Why.REFUSED, "connection refused"))) {
            assertThat(TraefikPing.judge(result, DRAINING))
                    .isEqualTo(new Dark(
                            7,
                            NOW,
                            SourceState.STOPPING,
                            Why.DRAINING,
                            "its ping says that it is stopping (draining): it finishes what its clients have begun"));
        }
    }

    @Test
    void whatThePingAddsToAnApiThatAnswersIsNothing() {
        for (Exchange<String> ping : List.of(
                ALIVE, refused(404, "t0-listening.ping.txt"), new Exchange.Failed<String>(Why.REFUSED, "refused"))) {
            assertThat(TraefikPing.judge(ANSWERED, ping)).isSameAs(ANSWERED);
        }
        assertThat(TraefikPing.judge(ANSWERED, null)).isSameAs(ANSWERED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | x; its ping answers: the process lives, traffic is still served, only its API cannot be seen",
                "404 | x; its ping answers 404: it has no configuration yet, or its ping is elsewhere (ping_url)",
                "401 | x; its ping answers HTTP 401",
                "0   | x; its ping does not answer either: connection refused"
            })
    void anApiThatCannotBeSeenStaysBlindAndThePingSaysOfWhat(int status, String detail) {
        Exchange<String> ping = status == 200
                ? ALIVE
                : status == 0
                        ? new Exchange.Failed<>(Why.REFUSED, "connection refused")
                        : refused(status, "t0-listening.ping.txt");

        assertThat(TraefikPing.judge(dark(Why.HTTP_STATUS, "x"), ping))
                .isEqualTo(new Dark(7, NOW, SourceState.BLIND, Why.HTTP_STATUS, detail));
    }

    private static Dark dark(Why why, String detail) {
        return new Dark(7, NOW, SourceState.BLIND, why, detail);
    }

    private static Exchange<String> refused(int status, String name) {
        return new Exchange.Refused<>(status, false, null, "", body(name));
    }

    private static String body(String name) {
        return new String(Fixtures.bytes("traefik/v3.7.9/lifecycle/" + name), StandardCharsets.UTF_8);
    }
}
