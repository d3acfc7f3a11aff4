package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.health.Target;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTextTest {
    private static final KnownOfTarget NODE =
            new KnownOfTarget("http://10.0.0.7:9100/metrics", "node", "10.0.0.7:9100", "node-pool");

    @TestFactory
    Stream<DynamicTest> everyRuleSaysWhatToRunAndWhere() {
        return ScrapeErrors.load().rules().stream()
                .map(rule -> dynamicTest(rule.order() + " " + rule.kind().subCause(), () -> {
                    assertThat(rule.steps().lines())
                            .isNotEmpty()
                            .allMatch(
                                    step -> step.matches(
                                            "(on the (Prometheus host|Traefik host|target|proxy)|PromQL): [A-Za-z]\\S*( \\S+)*"))
                            .allMatch(step -> step.startsWith("PromQL")
                                    ? !step.matches(".*\\b(URL|PORT)\\b.*")
                                    : !step.matches(".*\\b(JOB|INSTANCE)\\b.*"));
                }));
    }

    @Test
    void whatIsKnownIsFilledIn() {
        assertThat(filled("ss 'sport = :PORT'\nnc HOST PORT\nopenssl HOST:PORT\ncurl URL\npromtool POOL", NODE))
                .isEqualTo("""
                        ss 'sport = :9100'
                        nc 10.0.0.7 9100
                        openssl 10.0.0.7:9100
                        curl http://10.0.0.7:9100/metrics
                        promtool node-pool""");
        assertThat(filled(
                        "PromQL: x{job=\"JOB\", instance=\"INSTANCE\", scrape_job=\"POOL\"} up{instance=~\"HOST:.*\"}",
                        NODE))
                .isEqualTo("PromQL: x{job=\"node\", instance=\"10.0.0.7:9100\", scrape_job=\"node-pool\"}"
                        + " up{instance=~\"10.0.0.7:.*\"}");
    }

    @Test
    void whatIsNotKnownStaysAWord() {
        String steps = "curl -x PROXY_URL URL HOST:PORT PORT POOL\nPromQL: up{job=\"JOB\", instance=~\"HOST\"}";

        assertThat(filled(steps, KnownOfTarget.NOTHING)).isEqualTo(steps);
        assertThat(filled("nc PROXY_HOST PROXY_PORT TOKEN_URL", NODE)).isEqualTo("nc PROXY_HOST PROXY_PORT TOKEN_URL");
    }

    @Test
    void whatIsFilledInIsNotReadAgain() {
        assertThat(filled("PromQL: up{job=\"JOB\"}", new KnownOfTarget(null, "INSTANCE", "x", null)))
                .isEqualTo("PromQL: up{job=\"INSTANCE\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://app.svc/m | app.svc 443 app.svc:443 https://app.svc/m",
                "http://h/m?module=a&x=1 | h 80 h:80 'http://h/m?module=a&x=1'",
                "http://[::1]:9100/m | ::1 9100 '[::1]:9100' 'http://[::1]:9100/m'",
                "HTTP://h:1/$(reboot) | h 1 h:1 'HTTP://h:1/$(reboot)'",
            })
    void aUrlIsTakenApartAndQuoted(String url, String filled) {
        assertThat(filled("HOST PORT HOST:PORT URL", url(url))).isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h'$(reboot)'/m",
                "http://h/m x",
                "http://h/m\"",
                "http://h/`reboot`",
                "http://h/a\\b",
                "http://h/{a,b}",
                "http://h/\u202e",
                "http://h/é",
                "http://-oProxyCommand=x/m",
                "http://$(reboot)/m",
                "http://h:99999/m",
                "http://h:0/m",
                "http://h\n/m",
                "ftp://h/m",
                "/login",
                ""
            })
    void aUrlThatIsOutOfTheOrdinaryIsNotFilledIn(String url) {
        assertThat(filled("HOST PORT HOST:PORT URL", url(url))).isEqualTo("HOST PORT HOST:PORT URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "$(a)", "-rf", "a'b", "é", "a\nb", ""})
    void aPoolThatAShellWouldReadIsNotFilledIntoACommand(String pool) {
        assertThat(filled("promtool POOL", new KnownOfTarget(null, null, null, pool)))
                .isEqualTo("promtool POOL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a\"} or vector(1) # | a\\\"} or vector(1) #",
                "a\\ | a\\\\",
                "Zürich 日本 | Zürich 日本",
                "a$(reboot) | JOB",
                "a`reboot` | JOB"
            })
    void aLabelIsEscapedInAQuery(String job, String filled) {
        assertThat(filled("PromQL: up{job=\"JOB\"}", new KnownOfTarget(null, job, null, null)))
                .isEqualTo("PromQL: up{job=\"" + filled + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u001b[31m", "a\u009b1m", "a\u202eb", "a\ud800", "a\u2028b"})
    void aLabelThatATerminalWouldObeyIsNotFilledIn(String job) {
        assertThat(filled("PromQL: up{job=\"JOB\"}", new KnownOfTarget(null, job, null, null)))
                .isEqualTo("PromQL: up{job=\"JOB\"}");
    }

    @Test
    void aTextNamesItsUrlWithoutSecrets() {
        KnownOfTarget known = KnownOfTarget.ofText(
                "Get \"https://u:p@app.svc:8443/m?token=s3cret&module=x\": dial tcp 10.0.0.7:8443: connect: connection refused");

        assertThat(known).isEqualTo(url("https://app.svc:8443/m?token=***&module=x"));
        assertThat(KnownOfTarget.ofText("EOF")).isEqualTo(KnownOfTarget.NOTHING);
        assertThat(KnownOfTarget.ofText("Get \"http://h\\\"x\": EOF")).isEqualTo(KnownOfTarget.NOTHING);
        assertThat(KnownOfTarget.ofText("\u001bGet \"http://h/m\": EOF")).isEqualTo(url("http://h/m"));
    }

    @Test
    void aPoolThatStandsInForAJobIsNoLabel() {
        Target target = new Target(
                "prom-a:1", Fixtures.PROM, "pool-1", "h:1", "pool-1", "http://h:1/m", Map.of("instance", "h:1"));

        assertThat(KnownOfTarget.of(target)).isEqualTo(new KnownOfTarget("http://h:1/m", null, "h:1", "pool-1"));
    }

    private static String filled(String steps, KnownOfTarget known) {
        return CheckText.fill(steps, known);
    }

    private static KnownOfTarget url(String url) {
        return new KnownOfTarget(url, null, null, null);
    }
}
