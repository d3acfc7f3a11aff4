package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.FindingKind;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.PollResult.Warning;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.TraefikService.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is amiss in the configuration of a running Traefik (src/test/resources/traefik) is said in its own words. */
class TraefikWarningsTest {
    private static final Source EDGE = new Source("edge-1", "edge-1", SourceKind.TRAEFIK);
    private static final String THREE = "traefik/v3.7.9/rich/";
    private static final String TWO = "traefik/v2.11.53/rich/";
    private static final String NO_CHECK = "it has no check: a server that dies is not seen here";
    private static final Instant CAPTURED = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void aCertificateNearItsEndIsAWarningAndAFreshOneIsNot() throws AnswerRefused {
        TraefikAside real = TraefikAside.NONE.withCertificates(
                Fixtures.decode(TraefikAnswers.certificates(), Fixtures.bytes(THREE + "certificates.json")));

        assertThat(certificates(CAPTURED, real)).isEmpty();
        assertThat(certificates(Instant.parse("2026-12-09T00:00:00Z"), real))
                .containsExactly(new Warning(
                        FindingKind.CERTIFICATE_EXPIRING,
                        Map.of("certificate", "checkout.test"),
                        "it is valid until 2026-12-10T23:40:53Z"));
    }

    @Test
    void ofCertificatesOfOneNameTheFirstToEndIsToldAndNoMoreThanAHundredAre() throws AnswerRefused {
        List<Certificate> many = new ArrayList<>();
        many.add(new Certificate("000.test", null, CAPTURED.plusSeconds(9)));
        many.add(new Certificate("000.test", null, CAPTURED.plusSeconds(5)));
        for (int i = 1; i <= 200; i++) {
            many.add(new Certificate("%03d.test".formatted(i), null, CAPTURED));
        }

        assertThat(certificates(CAPTURED, TraefikAside.NONE.withCertificates(many)))
                .hasSize(100)
                .first()
                .returns("it is valid until 2026-11-21T00:00:05Z", Warning::detail);
    }

    @Test
    void aServiceThatClientsAreLedToAndNobodyChecksIsAWarning() throws AnswerRefused {
        assertThat(unchecked(THREE, text(THREE)))
                .containsExactly(
                        "legacy@file: " + NO_CHECK,
                        "reviews@file: " + NO_CHECK, // a passive one alone
                        "static-page@file: " + NO_CHECK,
                        "cache@file: " + NO_CHECK); // of TCP
    }

    @Test
    void ofVersionTwoACheckWithoutAPathIsNoneAndTcpHasNone() throws AnswerRefused {
        assertThat(unchecked(TWO, text(TWO)))
                .containsExactly(
                        "legacy@file: " + NO_CHECK,
                        "pathless@file: its check has no path, so v2 ignores it: a server that dies is not seen here",
                        "static-page@file: " + NO_CHECK);
    }

    @Test
    void aProviderThatTakesAwayWhatIsSickNeedsNoCheck() throws AnswerRefused {
        for (String provider : List.of("docker", "swarm", "kubernetes", "kubernetescrd", "consulcatalog", "ecs")) {
            assertThat(unchecked(
                            THREE, text(THREE).replace("\"provider\":\"file\"", "\"provider\":\"" + provider + "\"")))
                    .containsExactly("cache@file: " + NO_CHECK);
        }
    }

    @Test
    void whereManyOfAProviderAreNotCheckedOneLineSaysIt() throws AnswerRefused {
        assertThat(unchecked(THREE, services(20))).hasSize(21).contains("s20@http: " + NO_CHECK);
        assertThat(unchecked(THREE, services(5_000)))
                .containsExactly(
                        "cache@file: " + NO_CHECK,
                        "http: more than 20 of its services have no check: a server that dies is not seen here");
    }

    /** Facts 1 and 2: services of UDP are listed, without check and status; routers of both versions lead to one. */
    @Test
    void servicesOfUdpAreOneFindingAsNobodyCanCheckThem() throws AnswerRefused {
        for (String folder : List.of(TWO, THREE)) {
            assertThat(udp(new String(Fixtures.bytes(folder + "udp-services.json"), StandardCharsets.UTF_8)))
                    .containsExactly(new Warning(
                            FindingKind.SERVICE_UNCHECKED,
                            Map.of("protocol", "udp"),
                            "1 service of UDP (dns@file), of which Traefik has no checks: a server that dies is not seen"
                                    + " here"));
        }
        String many = services(9).replace("\"url\":\"http://10.0.0.1\"", "\"address\":\"10.0.0.1:53\"");
        assertThat(udp(many))
                .singleElement()
                .extracting(Warning::detail)
                .asString()
                .startsWith("9 services of UDP (s1@http, s2@http, s3@http, s4@http, s5@http ...), of which");
        assertThat(udp(many.replace("\"usedBy\":[\"r@http\"],", ""))).isEmpty();
        assertThat(udp("[]")).isEmpty();
    }

    @Test
    void aServiceOfUdpIsNoTargetAndWithoutServersNobodyAnswersItsClients() throws AnswerRefused {
        String none = "[{\"name\":\"dns@file\",\"provider\":\"file\",\"status\":\"enabled\",\"usedBy\":[\"dns@file\"],"
                + "\"loadBalancer\":{}}]";
        byte[] http = Fixtures.bytes(THREE + "http-services.json");
        Answered answered = answered(THREE, http, CAPTURED, TraefikAside.NONE.withUdp(udpServices(none)));

        assertThat(answered.observations())
                .hasSameSizeAs(
                        answered(THREE, http, CAPTURED, TraefikAside.NONE).observations());
        assertThat(answered.server().warnings())
                .contains(new Warning(
                        FindingKind.SERVICE_WITHOUT_SERVERS,
                        Map.of("service", "dns@file"),
                        "it has no server: nobody answers its clients"));
    }

    /* Not captured: those of running servers are all well; written as the broken one of HTTP is. */
    @Test
    void aBrokenMiddlewareOfTcpIsAFindingAndItsRouterSaysItOnce() throws AnswerRefused {
        byte[] http = Fixtures.bytes(THREE + "http-services.json");
        String error = "error parsing CIDR whitelist [300.0.0.1]: parsing CIDR trusted IPs <nil>: invalid CIDR address";
        TraefikAside aside = TraefikAside.NONE
                .withTcpMiddlewares(List.of(new Broken(Broken.TCP_MIDDLEWARE, "allow@file", error)))
                .withTcpRouters(List.of(new Broken(Broken.TCP_ROUTER, "pg@file", error)));

        assertThat(warnings(THREE, http, CAPTURED, aside, FindingKind.ROUTER_ERROR))
                .contains(new Warning(FindingKind.ROUTER_ERROR, Map.of("tcpMiddleware", "allow@file"), error))
                .noneMatch(warning -> warning.subject().containsKey("tcpRouter"));
        for (String folder : List.of(TWO, THREE)) {
            assertThat(Fixtures.decode(
                            TraefikAnswers.broken(Broken.TCP_MIDDLEWARE),
                            Fixtures.bytes(folder + "tcp-middlewares.json")))
                    .isEmpty();
        }
    }

    private static List<Warning> udp(String body) throws AnswerRefused {
        TraefikAside aside = TraefikAside.NONE.withUdp(udpServices(body));
        byte[] http = Fixtures.bytes(THREE + "http-services.json");
        return warnings(THREE, http, CAPTURED, aside, FindingKind.SERVICE_UNCHECKED).stream()
                .filter(warning -> warning.subject().containsKey("protocol"))
                .toList();
    }

    private static List<TraefikService> udpServices(String body) throws AnswerRefused {
        return Fixtures.decode(
                TraefikAnswers.services(Protocol.UDP, SourceLimits.DEFAULT, new TraefikMemo()),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** A real list in which servers are fenced. */
    @Test
    void aFencedServerThatIsDownIsNoMemberThatIsDown() throws AnswerRefused {
        byte[] as = text(THREE).getBytes(StandardCharsets.UTF_8);
        byte[] fenced = fenced("http://127.0.0.1:21205");

        assertThat(readings(as, "catalog@file")).containsExactly("21204 UP", "21205 DOWN", "21206 UP");
        assertThat(readings(fenced, "catalog@file")).containsExactly("21204 UP", "21205 UNCHECKED", "21206 UP");
    }

    @Test
    void aServiceWhoseServersAreAllFencedHasNoneForANewClient() throws AnswerRefused {
        byte[] one = fenced("http://127.0.0.1:21218");

        assertThat(warnings(THREE, one, CAPTURED, TraefikAside.NONE, FindingKind.SERVICE_WITHOUT_SERVERS))
                .contains(new Warning(
                        FindingKind.SERVICE_WITHOUT_SERVERS,
                        Map.of("service", "static-page@file"),
                        "all its servers are fenced (on their way out): none is there for a new client"));
        assertThat(unchecked(THREE, new String(one, StandardCharsets.UTF_8)))
                .noneMatch(line -> line.startsWith("static-page@file"));
    }

    private static byte[] fenced(String url) {
        return text(THREE)
                .replace("{\"url\":\"" + url + "\"", "{\"url\":\"" + url + "\",\"fenced\":true")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> readings(byte[] http, String service) throws AnswerRefused {
        return answered(THREE, http, CAPTURED, TraefikAside.NONE).observations().stream()
                .filter(seen -> seen.target().job().equals(service))
                .map(seen -> seen.target().instance().replaceFirst(".*:", "") + " " + seen.reading())
                .toList();
    }

    /** Facts 0.11: a plain save empties the configuration for about 2 s. */
    @Test
    void aSaveThatTakesAllAwayForTwoSecondsClearsNoFinding() throws AnswerRefused {
        TraefikServers servers = new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(1), service -> false);
        WaitClock waits = new WaitClock();
        HealthTable table = new HealthTable(EDGE, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
        ToldLines told = new ToldLines();
        for (int second = 0; second <= 20; second++) {
            String http = second == 10 || second == 11 ? "[]" : text(THREE);
            TraefikRound round = round(
                    THREE, http.getBytes(StandardCharsets.UTF_8), CAPTURED.plusSeconds(second), TraefikAside.NONE);
            waits.beat(round.at().monoMillis());
            told.add(second, table.poll(servers.read(round), Duration.ofSeconds(1)));
        }

        assertThat(told.lines())
                .contains(
                        "4\trouter_error {service=missing-child@file} opens",
                        "4\tservice_unchecked {service=legacy@file} opens",
                        "4\tservice_without_servers {service=empty@file} opens")
                .noneMatch(line -> line.endsWith(" clears"));
    }

    @Test
    void ofAServiceThatIsIgnoredNothingIsTold() throws AnswerRefused {
        TraefikRound round = round(THREE, Fixtures.bytes(THREE + "http-services.json"), CAPTURED, TraefikAside.NONE);
        Answered all =
                (Answered) new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(5), service -> false).read(round);
        Answered some =
                (Answered) new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(5), "legacy@file"::equals).read(round);

        assertThat(some.observations())
                .isEqualTo(all.observations().stream()
                        .filter(seen -> !seen.target().job().equals("legacy@file"))
                        .toList())
                .hasSizeLessThan(all.observations().size());
        assertThat(some.server().warnings())
                .isEqualTo(all.server().warnings().stream()
                        .filter(warning -> !warning.subject().containsValue("legacy@file"))
                        .toList())
                .hasSizeLessThan(all.server().warnings().size());
    }

    private static String services(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{\"name\":\"s" + i + "@http\",\"provider\":\"http\",\"status\":\"enabled\","
                        + "\"usedBy\":[\"r@http\"],\"loadBalancer\":{\"servers\":[{\"url\":\"http://10.0.0.1\"}]}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> unchecked(String folder, String http) throws AnswerRefused {
        byte[] body = http.getBytes(StandardCharsets.UTF_8);
        return warnings(folder, body, CAPTURED, TraefikAside.NONE, FindingKind.SERVICE_UNCHECKED).stream()
                .map(warning -> String.join("", warning.subject().values()) + ": " + warning.detail())
                .toList();
    }

    private static String text(String folder) {
        return new String(Fixtures.bytes(folder + "http-services.json"), StandardCharsets.UTF_8);
    }

    private static List<Warning> certificates(Instant now, TraefikAside aside) throws AnswerRefused {
        byte[] http = Fixtures.bytes(THREE + "http-services.json");
        return warnings(THREE, http, now, aside, FindingKind.CERTIFICATE_EXPIRING);
    }

    private static List<Warning> warnings(String folder, byte[] http, Instant now, TraefikAside aside, FindingKind kind)
            throws AnswerRefused {
        return answered(folder, http, now, aside).server().warnings().stream()
                .filter(warning -> warning.kind() == kind)
                .toList();
    }

    private static Answered answered(String folder, byte[] http, Instant now, TraefikAside aside) throws AnswerRefused {
        TraefikRound round = round(folder, http, now, aside);
        return (Answered) new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(5), service -> false).read(round);
    }

    private static TraefikRound round(String folder, byte[] http, Instant now, TraefikAside aside)
            throws AnswerRefused {
        return new TraefikRound(
                1 + Duration.between(CAPTURED, now).toSeconds(),
                new Moment(777_000 + Duration.between(CAPTURED, now).toMillis(), now),
                decoded(TraefikAnswers.metrics(new TraefikMemo()), Fixtures.bytes(folder + "metrics.txt")),
                decoded(TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()), http),
                decoded(
                        TraefikAnswers.services(Protocol.TCP, SourceLimits.DEFAULT, new TraefikMemo()),
                        Fixtures.bytes(folder + "tcp-services.json")),
                decoded(TraefikAnswers.broken(Broken.ROUTER), "[]".getBytes(StandardCharsets.UTF_8)),
                null,
                decoded(TraefikAnswers.version(), Fixtures.bytes(folder + "version.json")),
                decoded(TraefikAnswers.reloads(new TraefikMemo()), Fixtures.bytes(folder + "metrics.txt")),
                aside);
    }

    private static <T> Exchange<T> decoded(BodyDecoder<T> decoder, byte[] body) throws AnswerRefused {
        return new Exchange.Answered<>(Fixtures.decode(decoder, body), CAPTURED);
    }
}
