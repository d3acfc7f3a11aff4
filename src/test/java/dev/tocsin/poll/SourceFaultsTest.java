package dev.tocsin.poll;

import static dev.tocsin.poll.Answers.OPEN_LIST;
import static dev.tocsin.poll.Answers.READY;
import static dev.tocsin.poll.Answers.TARGETS;
import static dev.tocsin.poll.Answers.bomb;
import static dev.tocsin.poll.Answers.bytes;
import static dev.tocsin.poll.Answers.endless;
import static dev.tocsin.poll.Answers.gzip;
import static dev.tocsin.poll.Answers.hang;
import static dev.tocsin.poll.Answers.head;
import static dev.tocsin.poll.Answers.json;
import static dev.tocsin.poll.Answers.target;
import static dev.tocsin.poll.Answers.targets;
import static dev.tocsin.poll.Answers.text;
import static dev.tocsin.poll.Answers.thenClose;
import static dev.tocsin.poll.Answers.thenReset;
import static dev.tocsin.poll.Answers.trickle;
import static dev.tocsin.poll.Answers.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.poll.ScriptedServer.Script;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a poller makes of servers that misbehave on the wire: each costs a state and a line that says so, no more. */
final class SourceFaultsTest {
    private static final Duration QUICK = Duration.ofMillis(25);
    private static final String GOOD = targets(2);
    private static final Charset LATIN = StandardCharsets.ISO_8859_1;
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ERROR =
            "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}";
    private static final String AFTER_1970 = "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT";
    private static final String FILLER = "a".repeat(1 << 16);

    /** @param says a part of what people are told */
    record Row(String fault, Script script, SourceState state, Why why, String says) {
        /** Whether readiness fails the same way: a server that hangs in its target list alone is reloading. */
        boolean everywhere() {
            return why == Why.TIMEOUT && state == SourceState.BLIND;
        }

        /** The fault, not the speed of this machine, is to end an answer. */
        Duration timeout() {
            return why == Why.TIMEOUT ? Rig.TIMEOUT : Rig.PATIENT;
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    static Stream<Row> faults() {
        return Stream.of(
                blind("F03 accepts and never answers", hang(), Why.TIMEOUT, "no answer within"),
                new Row("F03 hangs, but is ready", hang(), SourceState.RELOADING, Why.TIMEOUT, "it says it is ready"),
                blind("F03 closes in place of an answer", Answers.close(), Why.UNREACHABLE, "closed"),
                blind("F03 resets in place of an answer", thenReset(""), Why.UNREACHABLE, "reset"),
                blind("F04 hangs in its headers", bytes("HTTP/1.1 200 OK\r\nContent-"), Why.TIMEOUT, "no answer"),
                blind(
                        "F04 hangs in its body",
                        bytes(head(200, "application/json", 4000, "") + "{"),
                        Why.TIMEOUT,
                        "1 byte"),
                blind(
                        "F05 trickles",
                        trickle(head(200, "application/json", 4000, "") + GOOD, 30),
                        Why.TIMEOUT,
                        "within"),
                blind("F06 FIN before Content-Length", thenClose(half()), Why.MALFORMED, "cut after"),
                blind("F06 RST in the body", thenReset(half()), Why.MALFORMED, "cut after"),
                blind("F06 RST in a chunk", thenReset(CHUNKED + "ffff\r\n{\"status\""), Why.MALFORMED, "cut after"),
                blind("F07 cut JSON with a clean end", chunked(GOOD.substring(0, 300)), Why.MALFORMED, "end"),
                blind("F08 empty body", json(""), Why.MALFORMED, ""),
                blind("F08 null", json("null"), Why.MALFORMED, ""),
                blind("F08 list", json("[]"), Why.MALFORMED, ""),
                blind("F08 number", json("17"), Why.MALFORMED, ""),
                blind("F08 no JSON", json("up and running"), Why.NOT_JSON, ""),
                blind("F08 broken JSON", json("{\"status\":\"success\",,}"), Why.MALFORMED, ""),
                blind("F09 data is a text", json("{\"status\":\"success\",\"data\":\"x\"}"), Why.MALFORMED, "data"),
                blind(
                        "F09 activeTargets is an object",
                        json("{\"status\":\"success\",\"data\":{\"activeTargets\":{}}}"),
                        Why.MALFORMED,
                        "activeTargets"),
                blind(
                        "F09 no activeTargets",
                        json("{\"status\":\"success\",\"data\":{}}"),
                        Why.MALFORMED,
                        "activeTargets"),
                blind(
                        "F10 a login page",
                        typed(200, "text/html; charset=utf-8", "<html>log in</html>"),
                        Why.NOT_JSON,
                        "got text/html, a login page?"),
                blind(
                        "F10 a login page under another type",
                        typed(200, "application/json", "<!doctype html>"),
                        Why.NOT_JSON,
                        ""),
                blind("F11 an error with 200", json(ERROR), Why.API_ERROR, "too many samples"),
                blind(
                        "F11 an error with 422",
                        typed(422, "application/json", ERROR),
                        Why.API_ERROR,
                        "too many samples"),
                blind(
                        "F11 an error with 503",
                        typed(503, "application/json", ERROR),
                        Why.API_ERROR,
                        "too many samples"),
                blind("F13 wrong base path", text(404, "404 page not found"), Why.HTTP_STATUS, "wrong base path?"),
                blind("F13 method not allowed", text(405, "no"), Why.HTTP_STATUS, "405"),
                blind("F13 media type", text(415, "no"), Why.HTTP_STATUS, "415"),
                blind("F14 429 with a date of 1970", text(429, "slow", AFTER_1970), Why.HTTP_STATUS, "too often"),
                blind("F14 503 with Retry-After", text(503, "busy", "Retry-After: 0"), Why.HTTP_STATUS, "503"),
                blind("F15 redirects to itself", text(302, "", "Location: " + TARGETS), Why.REDIRECT, "same host"),
                blind("F15 redirects to a script", text(302, "", "Location: javascript:1"), Why.REDIRECT, "no host"),
                blind("F15 redirects nowhere", text(308, ""), Why.REDIRECT, "nowhere"),
                blind("F16 gzip bomb", gzip(bomb(OPEN_LIST, 300), "gzip"), Why.LIMIT, "33554432 bytes"),
                blind("F16 gzip in gzip", gzip(bomb(new String(bomb(GOOD, 0), LATIN), 0), "gzip"), Why.NOT_JSON, ""),
                blind("F16 says gzip, is none", gzip(GOOD.getBytes(LATIN), "gzip"), Why.MALFORMED, ""),
                blind("F16 brotli", gzip(GOOD.getBytes(LATIN), "br"), Why.MALFORMED, "Content-Encoding br"),
                blind("F16 two encodings", gzip(bomb(GOOD, 0), "gzip, gzip"), Why.MALFORMED, "Content-Encoding"),
                blind("F17 endless error text", endless(OPEN_LIST, FILLER), Why.LIMIT, "33554432 bytes"),
                blind("F17 endless blanks", endless(" ", " ".repeat(1 << 16)), Why.LIMIT, ""),
                blind("F18 Content-Length 2^63", length("9223372036854775808"), Why.MALFORMED, ""),
                blind("F18 Content-Length -1", length("-1"), Why.MALFORMED, ""),
                blind("F18 two Content-Lengths", length("10\r\nContent-Length: 20"), Why.MALFORMED, ""),
                blind("F18 chunk of 2^70", bytes(CHUNKED + "400000000000000000\r\n{}"), Why.MALFORMED, ""),
                blind("F19 100 kB of headers", bytes("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000)), Why.LIMIT, ""),
                blind("F19 10,000 headers", bytes("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000)), Why.LIMIT, ""),
                blind("F19 status line of 100 kB", bytes("HTTP/1.1 200 " + "x".repeat(100_000)), Why.LIMIT, ""),
                blind(
                        "F19 status 1000",
                        bytes("HTTP/1.1 1000 X\r\nContent-Length: 0\r\n\r\n"),
                        Why.HTTP_STATUS,
                        "1000"),
                blind("F19 no HTTP", bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n"), Why.MALFORMED, ""),
                blind("F20 deep nesting", json("{\"a\":".repeat(100_000)), Why.LIMIT, ""),
                blind("F20 1 MB key", json("{\"" + "k".repeat(1 << 20) + "\":1}"), Why.LIMIT, ""),
                blind(
                        "F21 duplicate keys",
                        json(targets(target("a", "\"health\":\"up\",\"health\":\"down\""))),
                        Why.MALFORMED,
                        ""),
                blind(
                        "F22 invalid UTF-8",
                        json(GOOD.replace("host-0", "host-\u00ff").getBytes(LATIN)),
                        Why.MALFORMED,
                        ""),
                blind("F23 bytes after the JSON", json(GOOD + "x"), Why.MALFORMED, ""),
                blind("F23 two documents", json(GOOD + GOOD), Why.MALFORMED, ""),
                blind("F26 more targets than the limit", json(targets(1_001)), Why.LIMIT, "1000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultCostsAStateAndALine(Row row) {
        try (Rig rig = new Rig()) {
            ScriptedServer server = ScriptedServer.start(rig.vertx);
            String poller = rig.poll(Rig.with(Rig.every(Rig.config(server), QUICK), row.timeout()));
            rig.answered(0);
            int before = rig.results.size();

            server.answer(TARGETS, row.script());
            if (row.everywhere()) {
                server.answer(READY, row.script());
            }
            PollResult.Dark dark = rig.dark(before);
            server.healthy();
            PollResult.Answered after = rig.answered(rig.results.indexOf(dark));

            assertThat(dark.detail()).as("%s %s", dark.state(), dark.why()).contains(row.says());
            assertThat(dark.state()).as(dark.detail()).isEqualTo(row.state());
            assertThat(dark.why()).as(dark.detail()).isEqualTo(row.why());
            assertThat(after.observations()).hasSize(2);
            assertThat(rig.batches).noneMatch(SourceFaultsTest::tellsOfTargets);
            assertThat(rig.uncaught).isEmpty();
            assertThat(rig.vertx.deploymentIDs()).contains(poller);
            Rig.join(rig.vertx.undeploy(poller));
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> server.connectionsOpen() == 0);
        }
    }

    /* First sights are told; a change is not. */
    private static boolean tellsOfTargets(DeltaBatch batch) {
        return batch.deltas().stream().anyMatch(delta -> delta.seq() > 1);
    }

    private static Row blind(String fault, Script script, Why why, String says) {
        return new Row(fault, script, SourceState.BLIND, why, says);
    }

    private static String half() {
        return head(200, "application/json", GOOD.length(), "") + GOOD.substring(0, 200);
    }

    private static Script chunked(String body) {
        return bytes(CHUNKED + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    private static Script length(String length) {
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n{}");
    }
}
