package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeErrorsTest {
    private static final ScrapeErrors ERRORS = ScrapeErrors.load();

    private static final CauseMemo MEMO = new CauseMemo(ERRORS);

    static String kind(String text) {
        CauseKind kind = ERRORS.read(text).kind();
        assertThat(MEMO.read(text))
                .as("with what was remembered of the texts before")
                .isEqualTo(ERRORS.read(text));
        return kind.family().text() + "/" + kind.subCause() + "/" + kind.locus().text();
    }

    @TestFactory
    Stream<DynamicTest> everyExampleMatchesItsOwnRow() {
        return ERRORS.rules().stream()
                .map(rule -> dynamicTest(rule.order() + " " + rule.kind().subCause(), () -> {
                    String text =
                            rule.example().replace("\\nResponse", "\nResponse").replace("\\nmime", "\nmime");

                    assertThat(ERRORS.classify(text).rule().order()).isEqualTo(rule.order());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsRememberedOfATextHoldsForAllAddresses() {
        return ERRORS.rules().stream()
                .map(rule -> dynamicTest(rule.order() + " " + rule.example(), () -> {
                    String other =
                            rule.example().replaceAll("\\b[0-9]+(\\.[0-9]+){3}(:[0-9]+)?", "192.168.77.123:65000");
                    CauseMemo memo = new CauseMemo(ERRORS);
                    memo.read(rule.example());

                    assertThat(memo.read(other)).isEqualTo(ERRORS.read(other));
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "dial tcp 10.0.0.7:9100: connect: connection refused, dial tcp *: connect: connection refused",
        "server returned HTTP status 401, server returned HTTP status 401",
        "read tcp 10.1.2.3:50046->10.0.0.7:9100: read: reset, read tcp *->*: read: reset",
        "x509: current time 2026-11-20T04:31:47Z, x509: current time 2026-11-20T04:31:47Z",
        "version 1.2.3 of 4, version 1.2.3 of 4",
        "10.0.0.7, *"
    })
    void anAddressIsFourNumbersAndAPort(String text, String without) {
        assertThat(CauseMemo.withoutAddresses(text)).isEqualTo(without);
    }

    @Test
    void everyRuleHasARemedyThatIsOneSentence() {
        assertThat(ERRORS.rules()).hasSize(160).allSatisfy(rule -> assertThat(rule.remedy())
                .matches("[A-Z][a-z]+ .*\\."));
    }

    @Test
    void kindsAreInterned() {
        Map<CauseKind, CauseKind> seen = new HashMap<>();

        for (ErrorRule rule : ERRORS.rules()) {
            assertThat(seen.computeIfAbsent(rule.kind(), k -> k)).isSameAs(rule.kind());
        }
    }

    @TestFactory
    Stream<DynamicTest> theShortCutsOfARuleDoNotChangeWhatItMatches() {
        List<String> texts = new ArrayList<>();
        ERRORS.rules().forEach(rule -> texts.add(ScrapeText.of(rule.example()).core()));
        ERRORS.rules().forEach(rule -> texts.add(rule.regex()));
        ERRORS.rules()
                .forEach(rule -> texts.add("x" + ScrapeText.of(rule.example()).core() + "x"));
        return ERRORS.rules().stream()
                .map(rule -> dynamicTest(rule.order() + " " + rule.regex(), () -> {
                    TextPattern pattern = TextPattern.of(rule.regex());

                    assertThat(texts).allSatisfy(text -> assertThat(pattern.matches(text))
                            .isEqualTo(pattern.regex().matcher(text).find()));
                }));
    }

    @Test
    void whatAMatchMustContainIsReadFromTheExpression() {
        assertThat(RequiredText.of(": connect: connection refused$")).containsExactly(": connect: connection refused");
        assertThat(RequiredText.of("(read|write): connection timed out$")).containsExactly(": connection timed out");
        assertThat(RequiredText.of("^(dial tcp.*: )?(context canceled|operation was canceled)$"))
                .containsExactlyInAnyOrder("context canceled", "operation was canceled");
        assertThat(RequiredText.of("^label_limit exceeded \\(metric: "))
                .containsExactly("label_limit exceeded (metric: ");
        assertThat(RequiredText.of("^abc?d{2}e+f")).containsExactly("ab");
        assertThat(RequiredText.of("^ab|cd")).containsExactlyInAnyOrder("ab", "cd");
        assertThat(RequiredText.of("a|.*")).isEmpty();
        assertThat(RequiredText.of("[ab(c]x(y[)]z)w|(?i:blocked)")).isEmpty();
        assertThat(RequiredText.prefixOf("^oauth2: \"(a|b)")).isEqualTo("oauth2: \"");
        assertThat(RequiredText.prefixOf("^abc?")).isEqualTo("ab");
        assertThat(RequiredText.prefixOf("^ab|cd")).isEmpty();
        assertThat(RequiredText.prefixOf("ab")).isEmpty();
    }

    /** Peers choose reason phrases, banners, bodies and URLs. What they write there must not pass for something else. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "server returned HTTP status 500 x509: certificate has expired | http_status/app_error_5xx/target",
                "server returned HTTP status 401 too many open files | auth/http_401/target",
                "server returned HTTP status 503 dial tcp 1.2.3.4:80: connect: connection refused | http_status/backend_unavailable/target",
                "server returned HTTP status 404 context deadline exceeded | http_status/not_found_wrong_path/config",
                "server returned HTTP status 5000 x | http_status/other/target",
                "Get \"http://h/x509: certificate has expired\": EOF | transport/eof_before_headers/target",
                "Get \"http://h/\\\": EOF\": context deadline exceeded | timeout/before_response_headers/unknown",
                "Get \"http://h/m\": net/http: HTTP/1.x transport connection broken: malformed HTTP response \"too many open files\" | content/not_http/config",
                "Get \"http://h/m\": oauth2: cannot fetch token: 500 x Response: dial tcp: socket: too many open files | auth/oauth2_token_endpoint_error/path",
                "Get \"http://h/m\": oauth2: \"x\" \"connect: connection refused\" | auth/oauth2_token_rejected/config",
                "too many open files | unknown/unclassified/unknown",
                "expected equal, got \":\" (\"INVALID\") while parsing: \"{\\\"status\\\":\" | content/not_exposition_format/target",
                "sample limit exceeded and more | unknown/unclassified/unknown",
                "connection refused | unknown/unclassified/unknown",
                "Get \"http://h/m\": connection refused | transport/proxy_connect_refused_by_proxy/path",
                "Get \"http://h/m\": Post \"http://idp/t\": too many open files | auth/oauth2_token_endpoint_unreachable/path",
            })
    void aPeerCannotPassForAnotherCause(String text, String expected) {
        assertThat(kind(text)).isEqualTo(expected);
    }

    @Test
    void aTextWithoutWordsIsUnclassifiedUnlessTheApiMadeIt() {
        assertThat(kind("")).isEqualTo("unknown/unclassified/unknown");
        assertThat(ERRORS.read("").detail()).isEqualTo("no error text");
        assertThat(kind(": address ::1:9100: too many colons in address"))
                .isEqualTo("config/global_url_unbuildable/config");
        assertThat(kind("Get \"https://h/m\": ")).isEqualTo("transport/proxy_connect_refused_by_proxy/path");
    }

    @Test
    void theDecorationOfTheApiIsTakenOffOnce() {
        String refused = "Get \"http://[::1]:1/m\": dial tcp [::1]:19010: connect: connection refused";

        Cause cause = ERRORS.read(refused + ": address ::1:19010: too many colons in address");

        assertThat(cause.kind().subCause()).isEqualTo("connection_refused");
        assertThat(cause.detail()).isEqualTo("dial tcp [::1]:19010: connect: connection refused");
        assertThat(kind("Get \"http://h/m\": dial tcp: address a:b:1: too many colons in address"
                        + ": address a:b:1: too many colons in address"))
                .isEqualTo("config/invalid_address/config");
    }

    @Test
    void controlCharactersAreDroppedAndLineEndsAreASpace() {
        Cause cause =
                ERRORS.read("\u0007Get \"http://h/m\": oauth2: cannot fetch token: 401 No\nResponse: \u001b[31mboo");

        assertThat(cause.kind().subCause()).isEqualTo("oauth2_token_rejected");
        assertThat(cause.detail()).isEqualTo("oauth2: cannot fetch token: 401 No Response: [31mboo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "read tcp 10.1.2.3:50046->10.0.0.7:9100: i/o timeout | read tcp 10.1.2.3:*->10.0.0.7:9100: i/o timeout",
                "read tcp [::1]:50046->[::1]:9100: read: connection reset by peer | read tcp [::1]:*->[::1]:9100: read: connection reset by peer",
                "Get \"https://h/m\": x509: certificate has expired or is not yet valid: current time 2026-11-20T04:31:47Z is after 2026-11-10T04:26:42Z | x509: certificate has expired or is not yet valid: current time * is after 2026-11-10T04:26:42Z",
                "Get \"https://h/m\": stream error: stream ID 53; INTERNAL_ERROR; received from peer | stream error: stream ID *; INTERNAL_ERROR; received from peer",
                "http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR | http2: server sent GOAWAY and closed the connection; LastStreamID=*, ErrCode=NO_ERROR",
                "flate: corrupt input before offset 9 | flate: corrupt input before offset *",
                "Get \"http://h/m\": net/http: HTTP/1.x transport connection broken: malformed HTTP response \"SSH-2.0-OpenSSH_9.2p1 Debian\" | net/http: HTTP/1.x transport connection broken: malformed HTTP response \"SSH-2.0-OpenSSH_…\"",
                "Get \"http://h/m\": malformed HTTP response \"\\x15\\x03\\x01\\\"abc\" | malformed HTTP response \"…\"",
                "expected a valid start token, got \"<\" (\"INVALID\") while parsing: \"<html>\" | expected a valid start token, got \"<\" (\"INVALID\") while parsing: \"…\"",
                "invalid metric name or label names: {__name__=\"my-metric\", instance=\"x\"} | invalid metric name or label names: {…}",
                "Get \"http://h/m\": dial tcp 10.0.0.7:9100: connect: connection refused | dial tcp 10.0.0.7:9100: connect: connection refused",
            })
    void whatChangesFromScrapeToScrapeIsLeftOut(String text, String expected) {
        assertThat(ERRORS.read(text).detail()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((((((((",
                "\\",
                "Get \"",
                "Get \"\\",
                "Get \"x\": Get \"x\": Get \"x\": Get \"x\": EOF",
                ": address "
            })
    void strangeTextsDoNotFail(String text) {
        assertThat(ERRORS.read(text).kind()).isNotNull();
    }

    @Test
    void aHugeTextIsCutAndReadInLinearTime() {
        String text = "Get \"http://h/m\": net/http: HTTP/1.x transport connection broken: malformed HTTP response \""
                + ": connect: x: lookup a: (((".repeat(40_000) + "\"";

        Cause cause = ERRORS.read(text);

        assertThat(cause.kind().family()).isEqualTo(CauseFamily.CONTENT);
        assertThat(cause.detail().length()).isLessThanOrEqualTo(512);
    }
}
