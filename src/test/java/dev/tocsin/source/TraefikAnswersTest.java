package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.TraefikService.Check;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikService.Server;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of running Traefiks (src/test/resources/traefik) mean what facts/traefik.md says. */
class TraefikAnswersTest {
    private static final String THREE = "traefik/v3.7.9/rich/";
    private static final String TWO = "traefik/v2.11.53/rich/";

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 1 << 20})
    void aServiceHasItsServersAndWhatTheLastCheckFound(int chunk) throws AnswerRefused {
        List<TraefikService> services = Fixtures.decode(
                TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()),
                Fixtures.bytes(THREE + "http-services.json"),
                chunk);

        assertThat(services).hasSize(39);
        assertThat(named(services, "catalog@file"))
                .isEqualTo(new TraefikService(
                        Protocol.HTTP,
                        "catalog@file",
                        "file",
                        null,
                        true,
                        new Check(2_000, 1_000, true),
                        List.of(
                                new Server("http://127.0.0.1:21204", true),
                                new Server("http://127.0.0.1:21205", false),
                                new Server("http://127.0.0.1:21206", true)),
                        null,
                        List.of("catalog-api@file", "catalog@file")));
    }

    @Test
    void anOrphanHasACheckAndNoStatus() throws AnswerRefused {
        TraefikService orphan = named(http(THREE), "orphan@file");

        assertThat(orphan.check()).isNotNull();
        assertThat(orphan.routers()).isZero();
        assertThat(orphan.servers()).allMatch(server -> server.up() == null);
    }

    @Test
    void parentsHaveNoServersOfTheirOwn() throws AnswerRefused {
        for (String parent : List.of("shop-canary@file", "checkout-ha@file", "catalog-shadow@file", "users@file")) {
            assertThat(named(http(THREE), parent))
                    .matches(service -> !service.balancer() && service.servers().isEmpty());
        }
    }

    @Test
    void everySpellingOfAUrlFindsItsStatusAndNoPasswordStays() throws AnswerRefused {
        TraefikService norm = named(http(THREE), "norm@file");

        assertThat(norm.servers()).hasSize(13).allMatch(server -> server.up() != null);
        assertThat(norm.servers())
                .contains(
                        new Server("http://127.0.0.1:21221", true), // HTTP://
                        new Server("http://127.0.0.1:21224", true), // user:secret@
                        new Server("http://127.0.0.1:21227/a%20b", true), // a blank
                        new Server("http://[::1]:21262", true),
                        new Server("http://127.0.0.1", false));
        assertThat(norm.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsDisabledSaysWhy() throws AnswerRefused {
        assertThat(named(http(THREE), "missing-child@file").error())
                .isEqualTo("building HTTP service \"nobody\": the service \"nobody@file\" does not exist");
        assertThat(named(http(THREE), "payments@file").error())
                .as("all servers down is no error of the configuration")
                .isNull();
    }

    @Test
    void tcpServersAreAddressesAndHaveAStatusFrom36On() throws AnswerRefused {
        assertThat(named(tcp(THREE), "pg@file").servers())
                .containsExactly(new Server("127.0.0.1:21201", true), new Server("127.0.0.1:21205", false));
        assertThat(named(tcp(TWO), "pg@file").servers()).allMatch(server -> server.up() == null);
    }

    /* Not captured, as it takes a Kubernetes: written after facts/traefik.md sections 1.2 and 6. */
    @Test
    void aServerOnItsWayOutIsFencedWhereverTheWordStandsAndItsTwinMayNotBe() throws AnswerRefused {
        String body = """
                [{"loadBalancer":{"servers":[
                  {"url":"http://10.42.1.17:8080"},
                  {"url":"http://10.42.2.9:8080","fenced":true},
                  {"fenced":true,"url":"http://10.42.2.10:8080"},
                  {"url":"http://10.42.2.11:8080","fenced":false},
                  {"url":"http://10.42.2.12:8080","fenced":true},
                  {"url":"http://10.42.2.12:8080"}]},
                "status":"enabled","usedBy":["store@kubernetes"],"name":"store-http@kubernetes","provider":"kubernetes",
                "serverStatus":{"http://10.42.1.17:8080":"UP","http://10.42.2.9:8080":"UP"}}]""";
        List<TraefikService> services = Fixtures.decode(
                TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()),
                body.getBytes(StandardCharsets.UTF_8));

        assertThat(services.get(0).servers())
                .containsExactly(
                        new Server("http://10.42.1.17:8080", true),
                        new Server("http://10.42.2.9:8080", true, true),
                        new Server("http://10.42.2.10:8080", null, true),
                        new Server("http://10.42.2.11:8080", null),
                        new Server("http://10.42.2.12:8080", null));
    }

    @Test
    void ofVersionTwoAPathIsWhatMakesACheck() throws AnswerRefused {
        TraefikService noPath = named(http(TWO), "pathless@file");

        assertThat(Optional.ofNullable(noPath.check())).map(Check::pathGiven).contains(false);
        assertThat(version(TWO)).isEqualTo(new TraefikVersion("2.11.53", Instant.parse("2026-11-20T23:57:25.739Z")));
        assertThat(version(TWO).two()).isTrue();
        assertThat(version(THREE).two()).isFalse();
    }

    @Test
    void aGaugeIsFoundByServiceAndUrl() throws AnswerRefused {
        TraefikMetrics metrics = metrics(THREE + "metrics.txt");

        assertThat(metrics.reloads()).isPositive();
        assertThat(metrics.gauge(named(http(THREE), "catalog@file"), "http://127.0.0.1:21205"))
                .isFalse();
        assertThat(metrics.gauge(named(http(THREE), "norm@file"), "http://127.0.0.1:21224"))
                .isTrue();
        assertThat(metrics.gauge(named(http(THREE), "legacy@file"), "http://127.0.0.1:21209"))
                .isNull();
        assertThat(metrics.toString()).doesNotContain("secret");
    }

    @Test
    void whereTheServiceIsAHashAGaugeIsFoundByItsUrl() throws AnswerRefused {
        String page =
                new String(Fixtures.bytes("traefik/v3.0.4/metrics-hashed-service-label.txt"), StandardCharsets.UTF_8)
                        + "traefik_config_reloads_total 1\n";
        TraefikMetrics metrics =
                Fixtures.decode(TraefikAnswers.metrics(new TraefikMemo()), page.getBytes(StandardCharsets.UTF_8));

        assertThat(metrics.gauge(named(http(THREE), "catalog@file"), "http://10.20.2.22:8080"))
                .isFalse();
    }

    @Test
    void metricsOfSomethingElseAreRefused() {
        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class,
                () -> Fixtures.decode(
                        TraefikAnswers.metrics(new TraefikMemo()), "up 1\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(refused).hasMessage("metrics: no traefik_config_reloads_total, wanted the metrics of a Traefik");
    }

    @Test
    void brokenRoutersSayWhy() throws AnswerRefused {
        List<Broken> broken = Fixtures.decode(
                TraefikAnswers.broken(Broken.ROUTER), Fixtures.bytes(THREE + "http-routers-status-disabled.json"));

        assertThat(broken)
                .hasSize(15)
                .contains(new Broken(Broken.ROUTER, "nowhere@file", "the service \"nobody@file\" does not exist"))
                .contains(new Broken(Broken.ROUTER, "no-service@file", "router has no service and no child routers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO, THREE})
    void aBrokenMiddlewareSaysWhyAndOneThatServesIsNone(String folder) throws AnswerRefused {
        List<Broken> broken = Fixtures.decode(
                TraefikAnswers.broken(Broken.MIDDLEWARE), Fixtures.bytes(folder + "http-middlewares.json"));

        assertThat(broken)
                .containsExactly(new Broken(
                        Broken.MIDDLEWARE, "broken-mw@file", "error parsing regexp: missing closing ): `(`"));
    }

    @Test
    void aCertificateHasANameAndALife() throws AnswerRefused {
        assertThat(Fixtures.decode(TraefikAnswers.certificates(), Fixtures.bytes(THREE + "certificates.json")))
                .containsExactly(new Certificate(
                        "checkout.test", Instant.parse("2026-11-20T23:40:53Z"), Instant.parse("2026-12-10T23:40:53Z")));
    }

    @Test
    void aCertificateWithoutAnEndIsRefused() {
        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class,
                () -> Fixtures.decode(
                        TraefikAnswers.certificates(), "[{\"sans\":[]}]".getBytes(StandardCharsets.UTF_8)));

        assertThat(refused).hasMessage("certificates[].notAfter: wanted a time");
    }

    @Test
    void routersOfTcpThatServeAreNoneThatDoNot() throws AnswerRefused {
        assertThat(Fixtures.decode(
                        TraefikAnswers.broken(Broken.TCP_ROUTER), Fixtures.bytes(THREE + "tcp-routers.json")))
                .isEmpty();
    }

    @Test
    void anOverviewTellsWhetherThereAreRoutersOfTcpAndUdp() throws AnswerRefused {
        assertThat(Fixtures.decode(TraefikAnswers.otherRouters(), Fixtures.bytes(THREE + "overview.json")))
                .isTrue();
        assertThat(Fixtures.decode(
                        TraefikAnswers.otherRouters(),
                        "{\"tcp\":{\"routers\":{\"total\":0}}}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 from 21061 | MALFORMED | got a number, wanted a JSON list",
                "{} | MALFORMED | got an object, wanted a JSON list",
                "[{\"id\":1}] | MALFORMED | service 1 has no name: not the answer of a Traefik?",
                "[1] | MALFORMED | service 1: got a number, wanted an object",
                "[{\"name\":\"a@file\",\"usedBy\":7}] | MALFORMED | service 1's usedBy: got a number, wanted a list",
                "[{\"name\":\"a@file\" | MALFORMED | in service 1's name, near byte 17",
                "'' | MALFORMED | 'an empty body, wanted a JSON list'"
            })
    void whatIsNoListOfServicesIsRefused(String body, Why why, String detail) {
        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class,
                () -> Fixtures.decode(
                        TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()),
                        body.getBytes(StandardCharsets.UTF_8)));

        assertThat(refused.why()).isEqualTo(why);
        assertThat(refused).hasMessageContaining(detail);
    }

    @Test
    void moreServersThanTheLimitAreRefused() {
        SourceLimits two = new SourceLimits(1 << 20, 2, 4 << 10);

        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class,
                () -> Fixtures.decode(
                        TraefikAnswers.services(Protocol.HTTP, two, new TraefikMemo()),
                        Fixtures.bytes(THREE + "http-services.json")));

        assertThat(refused.why()).isEqualTo(Why.LIMIT);
    }

    @ParameterizedTest
    @CsvSource({"10s, 10000", "1m30s, 90000", "1.5h, 5400000", "500ms, 500", "0s, 7", "ten, 7", "10, 7", "'', 7"})
    void durationsAreInGosForm(String text, int millis) {
        assertThat(GoDuration.millis(text, 7)).isEqualTo(millis);
    }

    private static List<TraefikService> http(String folder) throws AnswerRefused {
        return Fixtures.decode(
                TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()),
                Fixtures.bytes(folder + "http-services.json"));
    }

    private static List<TraefikService> tcp(String folder) throws AnswerRefused {
        return Fixtures.decode(
                TraefikAnswers.services(Protocol.TCP, SourceLimits.DEFAULT, new TraefikMemo()),
                Fixtures.bytes(folder + "tcp-services.json"));
    }

    private static TraefikVersion version(String folder) throws AnswerRefused {
        return Fixtures.decode(TraefikAnswers.version(), Fixtures.bytes(folder + "version.json"));
    }

    private static TraefikMetrics metrics(String name) throws AnswerRefused {
        return Fixtures.decode(TraefikAnswers.metrics(new TraefikMemo()), Fixtures.bytes(name));
    }

    private static TraefikService named(List<TraefikService> services, String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
