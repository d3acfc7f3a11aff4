package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.source.Composition.Child;
import dev.tocsin.source.Composition.Form;
import dev.tocsin.source.TraefikService.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of running Traefiks that lead to other services are told as those are (facts/traefik.md section 6). */
class TraefikParentsTest {
    private static final Source EDGE = new Source("edge-1", "edge-1", SourceKind.TRAEFIK);
    private static final String THREE = "traefik/v3.7.9/rich/";
    private static final String TWO = "traefik/v2.11.53/rich/";
    private static final Instant CAPTURED = Instant.parse("2026-11-21T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 1 << 20})
    void aParentHasItsChildrenUnderTheirWholeNames(int chunk) throws AnswerRefused {
        Map<String, Composition> parents = services(text(THREE), chunk).stream()
                .filter(service -> service.composition() != null)
                .collect(Collectors.toMap(
                        TraefikService::name, service -> java.util.Objects.requireNonNull(service.composition())));

        assertThat(parents)
                .hasSize(13)
                .containsEntry("shop-canary@file", of(Form.WEIGHTED, true, "shop-blue@file", "shop-green@file"))
                .containsEntry("shop-plain@file", of(Form.WEIGHTED, false, "shop-blue@file", "shop-green@file"))
                .containsEntry("both-dead-hc@file", of(Form.FAILOVER, true, "payments@file", "shop-green@file"))
                .containsEntry("checkout-ha@file", of(Form.FAILOVER, false, "payments@file", "static-page@file"))
                .containsEntry("catalog-shadow@file", of(Form.MIRRORING, false, "catalog@file"))
                .containsEntry(
                        "users@file",
                        new Composition(
                                Form.HIGHEST_RANDOM_WEIGHT,
                                false,
                                List.of(new Child("shop-blue@file", 2), new Child("catalog@file", 1))));
    }

    @Test
    void aChildOfAnotherProviderKeepsItsNameAndOneWithoutWeightIsNone() throws AnswerRefused {
        String body = """
                [{"weighted":{"services":[{"name":"a@docker","weight":2},{"weight":0,"name":"off"},{"name":"b"},
                  {"weight":99999999999,"name":"c"},{"name":"b","weight":4},{"name":"d","weight":-1}]},
                "status":"enabled","name":"w@file","provider":"file"}]""";

        Composition read = services(body, body.length()).get(0).composition();

        assertThat(read).isNotNull();
        assertThat(read.children())
                .containsExactly(
                        new Child("a@docker", 2), new Child("b@file", 5), new Child("c@file", Integer.MAX_VALUE));
    }

    @Test
    void whatIsNullIsNotThereAndWhatIsNoParentIsRefused() throws AnswerRefused {
        String body = "[{\"name\":\"a@file\",\"provider\":\"file\",\"failover\":null},"
                + "{\"name\":\"b@file\",\"provider\":\"file\",\"weighted\":{\"services\":null,\"healthCheck\":null}}]";

        assertThat(services(body, 7))
                .extracting(TraefikService::composition)
                .containsExactly(null, new Composition(Form.WEIGHTED, false, List.of()));
        assertThatThrownBy(() -> services(body.replace("\"services\":null", "\"services\":[7]"), 7))
                .isInstanceOf(AnswerRefused.class)
                .hasMessage("service 2's services: got a number, wanted an object");
    }

    /* payments and shop-green are all down, shop-blue is up, catalog in part; static-page, legacy and cache are unchecked. */
    @Test
    void theParentsOfARunningTraefikAreAsWhoeverAnswersForThem() throws AnswerRefused {
        assertThat(told(THREE, text(THREE)))
                .containsExactlyInAnyOrder(
                        "both-dead-ha@file payments@file DOWN",
                        "both-dead-ha@file shop-green@file DOWN",
                        "both-dead-hc@file payments@file DOWN",
                        "both-dead-hc@file shop-green@file DOWN",
                        "catalog-shadow@file catalog@file UP",
                        "checkout-ha@file payments@file UNCHECKED",
                        "checkout-ha@file static-page@file UNCHECKED",
                        "dead-shadow@file shop-green@file DOWN",
                        "missing-child@file legacy@file UNCHECKED", // disabled
                        "missing-child@file nobody@file UNCHECKED",
                        "nested-ha@file shop-canary@file UP",
                        "nested-ha@file static-page@file UP",
                        "shop-canary@file shop-blue@file UP",
                        "shop-canary@file shop-green@file UP",
                        "shop-plain@file shop-blue@file UP",
                        "shop-plain@file shop-green@file DOWN",
                        "shop-strict@file legacy@file UNCHECKED", // disabled
                        "shop-strict@file shop-blue@file UNCHECKED",
                        "two-faced@file legacy@file UNCHECKED", // disabled
                        "unchecked-ha@file legacy@file UNCHECKED", // disabled
                        "unchecked-ha@file static-page@file UNCHECKED",
                        "users@file catalog@file UP",
                        "users@file shop-blue@file UP",
                        "pg-mix@file cache@file UNCHECKED", // of TCP
                        "pg-mix@file pg@file UP");
    }

    @Test
    void aParentOfVersionTwoIsJudgedAsOneOfVersionThree() throws AnswerRefused {
        assertThat(told(TWO, text(TWO)))
                .contains(
                        "shop-plain@file shop-blue@file UP",
                        "shop-plain@file shop-green@file DOWN",
                        "shop-canary@file shop-green@file UP",
                        "both-dead-ha@file payments@file DOWN",
                        "checkout-ha@file payments@file UNCHECKED");
    }

    /* Facts 6, measured: 1:1 is 4 of 8 requests, 3:1 is 2 of 8. */
    @Test
    void aChildThatIsDeadAndGetsItsShareSaysHowMuchThatIsAndWhy() throws AnswerRefused {
        String plain =
                "{\"weighted\":{\"services\":[{\"name\":\"shop-blue\",\"weight\":1},{\"name\":\"shop-green\",\"weight\":1}]},";
        String uneven = plain.replace("shop-blue\",\"weight\":1", "shop-blue\",\"weight\":3");
        String hashed = uneven.replace("weighted", "highestRandomWeight");

        assertThat(text(THREE)).contains(plain);
        assertThat(error(text(THREE), "shop-plain@file", "shop-green@file"))
                .isEqualTo("traefik: gets 50 % of the requests of shop-plain@file (weight 1 of 2), which answer 503:"
                        + " shop-plain@file has no healthCheck");
        assertThat(error(text(THREE).replace(plain, uneven), "shop-plain@file", "shop-green@file"))
                .startsWith("traefik: gets 25 % of the requests of shop-plain@file (weight 1 of 4), which");
        assertThat(error(text(THREE).replace(plain, hashed), "shop-plain@file", "shop-green@file"))
                .startsWith("traefik: gets 25 % of the clients of shop-plain@file (weight 1 of 4), which");
    }

    @Test
    void theCauseOfAParentNamesWhoIsSickAndWhatItMeansForClients() throws AnswerRefused {
        ScrapeErrors causes = ScrapeErrors.load();

        assertThat(causes.read(error(text(THREE), "shop-plain@file", "shop-green@file")))
                .returns(new CauseKind(CauseFamily.HTTP_STATUS, "dead_share", Locus.TARGET), cause -> cause.kind())
                .returns(
                        "traefik: gets 50 % of the requests of shop-plain@file (weight 1 of 2), which answer 503:"
                                + " shop-plain@file has no healthCheck",
                        cause -> cause.detail());
        for (String parent : List.of("both-dead-ha@file", "both-dead-hc@file")) {
            assertThat(causes.read(error(text(THREE), parent, "payments@file")))
                    .returns(
                            new CauseKind(CauseFamily.HTTP_STATUS, "no_available_server", Locus.TARGET),
                            cause -> cause.kind())
                    .returns(
                            "traefik: nobody is left to serve " + parent
                                    + ": its main and its fallback service are down",
                            cause -> cause.detail());
        }
        assertThat(error(text(THREE), "dead-shadow@file", "shop-green@file"))
                .isEqualTo("traefik: nobody is left to serve dead-shadow@file: its main service is down");
    }

    /* All of shop-blue's servers on their way out: who has a cookie for them is served, a new client is not. */
    @Test
    void aChildWithNothingButFencedServersIsUnknownAndTheOthersCount() throws AnswerRefused {
        String allFenced = fenced(fenced(text(THREE), "21214"), "21215");

        assertThat(told(THREE, allFenced))
                .contains("shop-plain@file shop-blue@file UNCHECKED", "shop-plain@file shop-green@file DOWN")
                .contains("shop-canary@file shop-blue@file UNCHECKED", "shop-canary@file shop-green@file UNCHECKED");
        assertThat(told(THREE, fenced(text(THREE), "21205")))
                .as("catalog's server that is down is fenced")
                .contains("users@file catalog@file UP");
    }

    @Test
    void aParentThatNoRouterLeadsToAnswersNobody() throws AnswerRefused {
        assertThat(told(THREE, text(THREE).replace(",\"usedBy\":[\"shop-plain@file\"]", "")))
                .contains("shop-plain@file shop-blue@file UNCHECKED", "shop-plain@file shop-green@file UNCHECKED");
    }

    @Test
    void aParentIsAsItsChildrenAreHoweverDeepTheyAreNested() throws AnswerRefused {
        assertThat(nested(chain(TraefikParents.NESTED_MAX, false)))
                .hasSize(2 * TraefikParents.NESTED_MAX)
                .allMatch(line -> line.endsWith(" DOWN"));
        assertThat(nested(chain(3 * TraefikParents.NESTED_MAX, false)))
                .as("deeper than anybody nests them")
                .hasSize(2 * 3 * TraefikParents.NESTED_MAX)
                .contains("p47@file p46@file UNCHECKED", "p0@file payments@file DOWN");
    }

    @Test
    void parentsInACircleEndAndAreUnknown() throws AnswerRefused {
        assertThat(nested(chain(5, true))).hasSize(10).allMatch(line -> line.endsWith(" UNCHECKED"));
    }

    @Test
    void aListThatNamesAParentTwiceTellsOfItOnce() throws AnswerRefused {
        String twice = text(THREE).replaceFirst("^\\[", "[" + failover("shop-plain", "payments", "shop-green") + ",");

        List<Observation> told = answered(THREE, twice).observations();

        assertThat(told.stream().map(seen -> seen.target().id())).doesNotHaveDuplicates();
    }

    @Test
    void aChildThatNobodyChecksAndNoRouterLeadsToIsAFindingForItsParentsSake() throws AnswerRefused {
        String child = text(THREE).replace(",\"usedBy\":[\"static-page@file\"]", "");

        assertThat(answered(THREE, child).server().warnings())
                .filteredOn(warning -> warning.kind() == FindingKind.SERVICE_UNCHECKED)
                .anyMatch(warning -> warning.subject().containsValue("static-page@file"));
    }

    /** Failovers, the outermost first, each of the next and payments, which is down; the last of them, or of the first. */
    private static String chain(int length, boolean circle) {
        String last = circle ? "p" + (length - 1) : "shop-green";
        String parents = IntStream.range(0, length)
                .map(i -> length - 1 - i)
                .mapToObj(i -> failover("p" + i, i == 0 ? last : "p" + (i - 1), "payments"))
                .collect(Collectors.joining(","));
        return "[" + parents + "," + balancer("payments", "DOWN") + "," + balancer("shop-green", "DOWN") + "]";
    }

    private static String failover(String name, String main, String fallback) {
        return "{\"failover\":{\"service\":\"" + main + "\",\"fallback\":\"" + fallback
                + "\"},\"status\":\"enabled\",\"usedBy\":[\"" + name + "@file\"],\"name\":\"" + name
                + "@file\",\"provider\":\"file\",\"type\":\"failover\"}";
    }

    private static String balancer(String name, String status) {
        return "{\"loadBalancer\":{\"servers\":[{\"url\":\"http://" + name + "\"}],\"healthCheck\":{\"path\":\"/\"}},"
                + "\"status\":\"enabled\",\"name\":\"" + name + "@file\",\"provider\":\"file\","
                + "\"serverStatus\":{\"http://" + name + "\":\"" + status + "\"}}";
    }

    private static Composition of(Form form, boolean healthCheck, String... children) {
        return new Composition(
                form,
                healthCheck,
                List.of(children).stream().map(name -> new Child(name, 1)).toList());
    }

    private static String fenced(String body, String port) {
        String url = "{\"url\":\"http://127.0.0.1:" + port + "\"";
        assertThat(body).contains(url);
        return body.replace(url, url + ",\"fenced\":true");
    }

    private static String error(String body, String parent, String child) throws AnswerRefused {
        return answered(THREE, body).observations().stream()
                .filter(seen -> seen.target().job().equals(parent)
                        && seen.target().instance().equals(child))
                .map(Observation::lastError)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> nested(String body) throws AnswerRefused {
        return told(THREE, body).stream()
                .filter(line -> line.matches("p[0-9]+@.*"))
                .toList();
    }

    private static List<String> told(String folder, String body) throws AnswerRefused {
        return answered(folder, body).observations().stream()
                .filter(seen -> seen.target().labels().containsKey("child"))
                .map(seen -> seen.target().job() + " " + seen.target().instance() + " " + seen.reading())
                .toList();
    }

    private static Answered answered(String folder, String body) throws AnswerRefused {
        Moment now = new Moment(777_000, CAPTURED);
        TraefikRound round = new TraefikRound(
                1,
                now,
                decoded(TraefikAnswers.metrics(new TraefikMemo()), Fixtures.bytes(folder + "metrics.txt")),
                new Exchange.Answered<>(services(body, body.length()), CAPTURED),
                decoded(
                        TraefikAnswers.services(Protocol.TCP, SourceLimits.DEFAULT, new TraefikMemo()),
                        Fixtures.bytes(folder + "tcp-services.json")),
                decoded(TraefikAnswers.broken(Broken.ROUTER), "[]".getBytes(StandardCharsets.UTF_8)),
                null,
                decoded(TraefikAnswers.version(), Fixtures.bytes(folder + "version.json")),
                decoded(TraefikAnswers.reloads(new TraefikMemo()), Fixtures.bytes(folder + "metrics.txt")),
                TraefikAside.NONE);
        return (Answered) new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(5), service -> false).read(round);
    }

    private static List<TraefikService> services(String body, int chunk) throws AnswerRefused {
        return Fixtures.decode(
                TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo()),
                body.getBytes(StandardCharsets.UTF_8),
                Math.max(1, chunk));
    }

    private static String text(String folder) {
        return new String(Fixtures.bytes(folder + "http-services.json"), StandardCharsets.UTF_8);
    }

    private static <T> Exchange<T> decoded(BodyDecoder<T> decoder, byte[] body) throws AnswerRefused {
        return new Exchange.Answered<>(Fixtures.decode(decoder, body), CAPTURED);
    }
}
