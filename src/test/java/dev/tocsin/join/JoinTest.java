package dev.tocsin.join;

import static dev.tocsin.join.Fleets.EDGE;
import static dev.tocsin.join.Fleets.PROM;
import static dev.tocsin.join.Fleets.scraped;
import static dev.tocsin.join.Fleets.server;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rung by rung: who is one backend, and who is not. Facts: facts/traefik.md section 7. */
class JoinTest {
    private Join join = new Join(List.of());

    private void known(Target... targets) {
        for (Target target : targets) {
            join.add(target);
        }
    }

    /** {@code rung job server=target ...}, a link each. */
    private List<String> of(String service) {
        return join.ofService(service).stream().map(JoinTest::text).toList();
    }

    private static String text(Link link) {
        StringBuilder text = new StringBuilder(link.rung().text() + " " + link.job());
        link.pairs().forEach(pair -> text.append(' ')
                .append(pair.server().instance())
                .append('=')
                .append(pair.target().instance()));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, h, 80",
        "https://h/path, h, 443",
        "h2c://h, h, 80",
        "HTTP://App.Example:8080/x?y=z, app.example, 8080",
        "http://app.example.:8080, app.example, 8080",
        "http://[2001:DB8::1]:8080, 2001:db8:0:0:0:0:0:1, 8080",
        "https://[2001:db8:0::1], 2001:db8:0:0:0:0:0:1, 443",
        "http://[::ffff:10.0.0.1]:1, 10.0.0.1, 1",
        "http://u:p@h:1, h, 1",
        "10.0.0.1:5432, 10.0.0.1, 5432",
    })
    void anAddressHasOneSpelling(String url, String host, int port) {
        assertThat(Address.of(url)).contains(new Address(host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "h",
        "tcp://h",
        "http://",
        "http://h:",
        "http://h:0",
        "http://h:65536",
        "http://h:x",
        "2001:db8::1",
        "''"
    })
    void whatHasNoHostOrPortHasNoAddress(String url) {
        assertThat(Address.of(url)).isEmpty();
    }

    @Test
    void aServerIsWhatIsScrapedAtItsAddressWhateverTheInstanceIsCalled() {
        known(
                server(EDGE, "shop@file", "http://10.0.0.1"),
                scraped(PROM, "checkout", "blue", "http://10.0.0.1:80/metrics"));

        assertThat(of("shop@file")).containsExactly("host_port checkout 10.0.0.1=blue");
        assertThat(join.ofJob("checkout")).isEqualTo(join.ofService("shop@file"));
    }

    @Test
    void anInstanceThatIsNamedAfterAnotherAddressIsNotThere() {
        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                scraped(PROM, "checkout", "10.0.0.1:80", "http://10.0.0.2:80/metrics"));

        assertThat(of("shop@file")).isEmpty();
    }

    @Test
    void oneEndpointMayBeInSeveralServicesAndJobs() {
        known(
                server(EDGE, "a@kubernetescrd", "http://10.0.0.1:80"),
                server(EDGE, "b@kubernetescrd", "http://10.0.0.1:80"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:80/metrics"),
                scraped(PROM, "pods", "j", "http://10.0.0.1:80/metrics"));

        assertThat(of("a@kubernetescrd"))
                .containsExactly("host_port checkout 10.0.0.1:80=i", "host_port pods 10.0.0.1:80=j");
        assertThat(join.ofJob("pods")).extracting(Link::service).containsExactly("a@kubernetescrd", "b@kubernetescrd");
    }

    @Test
    void theTwinsOfAServerAndOfATargetAreOnePair() {
        Source twin = new Source("prom-b", "eu", SourceKind.PROMETHEUS);
        Source replica = new Source("edge-2", "eu", SourceKind.TRAEFIK);

        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                server(replica, "shop@file", "http://10.0.0.1:80"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:80/metrics"),
                scraped(twin, "checkout", "i", "http://10.0.0.1:80/metrics"));

        assertThat(of("shop@file")).containsExactly("host_port checkout 10.0.0.1:80=i");
    }

    @Test
    void aProbeIsWhatItProbesAndNotWhereItsProberIs() {
        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                server(EDGE, "prober@file", "http://10.0.0.9:9115"),
                scraped(
                        PROM,
                        "blackbox",
                        "shop",
                        "http://10.0.0.9:9115/probe?module=http&target=http%3A%2F%2F10.0.0.1%2Fup"));

        assertThat(of("shop@file")).containsExactly("probed_url blackbox 10.0.0.1:80=shop");
        assertThat(join.ofService("shop@file")).allMatch(Link::probed);
        assertThat(of("prober@file")).isEmpty();
    }

    @Test
    void aProbedUrlMayStandInTheInstanceAlone() {
        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                scraped(PROM, "blackbox", "http://10.0.0.1/up", "http://10.0.0.9:9115/probe?module=***"));

        assertThat(of("shop@file")).containsExactly("probed_url blackbox 10.0.0.1:80=http://10.0.0.1/up");
    }

    @Test
    void aServerAloneOnItsHostIsInferredToBeTheTargetThatIsAloneThere() {
        known(
                server(EDGE, "shop@docker", "http://10.0.0.1:80"),
                server(EDGE, "shop@docker", "http://10.0.0.2:80"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:9100/metrics"));

        assertThat(of("shop@docker")).containsExactly("host checkout 10.0.0.1:80=i");
        assertThat(Rung.HOST.confidence()).isEqualTo(Confidence.INFERRED);
    }

    @Test
    void aHostWithTwoPortsOfServersSaysNothing() {
        known(
                server(EDGE, "shop@docker", "http://10.0.0.1:8001"),
                server(EDGE, "cart@docker", "http://10.0.0.1:8002"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:9100/metrics"));

        assertThat(of("shop@docker")).isEmpty();
        assertThat(of("cart@docker")).isEmpty();
    }

    @Test
    void aHostWithTwoJobsOrTwoPortsOfTargetsSaysNothing() {
        known(
                server(EDGE, "shop@docker", "http://10.0.0.1:80"),
                scraped(PROM, "node", "n", "http://10.0.0.1:9100/metrics"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:9101/metrics"),
                server(EDGE, "cart@docker", "http://10.0.0.2:80"),
                scraped(PROM, "cart", "a", "http://10.0.0.2:9100/metrics"),
                scraped(PROM, "cart", "b", "http://10.0.0.2:9101/metrics"));

        assertThat(of("shop@docker")).isEmpty();
        assertThat(of("cart@docker")).isEmpty();
    }

    @Test
    void aServiceWhoseHostsAreOfTwoJobsIsNeither() {
        known(
                server(EDGE, "shop@docker", "http://10.0.0.1:80"),
                server(EDGE, "shop@docker", "http://10.0.0.2:80"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:9100/metrics"),
                scraped(PROM, "cart", "j", "http://10.0.0.2:9100/metrics"));

        assertThat(of("shop@docker")).isEmpty();
    }

    @Test
    void aServerScrapedAtItsAddressSettlesItsServiceWithoutAGuess() {
        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                server(EDGE, "shop@file", "http://10.0.0.2:80"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:80/metrics"),
                scraped(PROM, "node", "n", "http://10.0.0.2:9100/metrics"));

        assertThat(of("shop@file")).containsExactly("host_port checkout 10.0.0.1:80=i");
    }

    private static Target pod(String job, String ip, String namespace, String service) {
        return scraped(
                PROM,
                job,
                job + "-" + ip,
                "http://" + ip + ":9100/metrics",
                Map.of("namespace", namespace, "service", service));
    }

    @Test
    void namespaceAndServiceTellWhichOfTheJobsOfAPodIsMeant() {
        known(
                server(EDGE, "eu-prod-check-out-80@kubernetes", "http://10.0.0.1:8080"),
                pod("checkout", "10.0.0.1", "eu.prod", "check-out"),
                scraped(PROM, "istio", "s", "http://10.0.0.1:15090/metrics"));

        assertThat(of("eu-prod-check-out-80@kubernetes"))
                .containsExactly("kubernetes checkout 10.0.0.1:8080=checkout-10.0.0.1");
    }

    @Test
    void aNameThatTwoServicesWouldHaveIsNeither() {
        known(
                server(EDGE, "a-b-c-80@kubernetes", "http://10.96.0.1:80"),
                pod("one", "10.0.0.1", "a-b", "c"),
                pod("two", "10.0.0.2", "a", "b-c"));

        assertThat(of("a-b-c-80@kubernetes")).isEmpty();
    }

    @Test
    void theNameOfAnotherProviderIsNoKubernetesName() {
        known(server(EDGE, "a-b-80@file", "http://10.96.0.1:80"), pod("one", "10.0.0.1", "a", "b"));

        assertThat(of("a-b-80@file")).isEmpty();
    }

    @Test
    void theAddressOfAClusterStandsForManyAndIsPairedWithNoPod() {
        known(
                server(EDGE, "a-b-80@kubernetes", "http://10.96.0.1:80"),
                pod("one", "10.0.0.1", "a", "b"),
                pod("one", "10.0.0.2", "a", "b"));

        assertThat(of("a-b-80@kubernetes")).containsExactly("kubernetes one");
        assertThat(join.ofService("a-b-80@kubernetes")).extracting(Link::named).containsExactly(1);
    }

    @Test
    void aServerThatIsANameIsMarked() {
        known(
                server(EDGE, "shop@file", "http://shop.internal:80"),
                scraped(PROM, "checkout", "i", "http://shop.internal:80/metrics"));

        assertThat(join.ofService("shop@file")).singleElement().satisfies(link -> {
            assertThat(link.named()).isEqualTo(1);
            assertThat(link.pairs()).allMatch(Pair::named);
        });
    }

    @Test
    void aJobOnTheHostsOfAServiceIsInferredWhenNobodyElseIs() {
        for (int i = 1; i <= 5; i++) {
            known(
                    server(EDGE, "shop@file", "http://10.0.0." + i + ":80"),
                    scraped(PROM, "checkout", "i" + i, "http://10.0.0." + i + ":9100/metrics"));
        }
        known(scraped(PROM, "other", "o", "http://10.0.0.1:9999/metrics"));

        assertThat(of("shop@file"))
                .containsExactly("host_set checkout 10.0.0.1:80=i1 10.0.0.2:80=i2 10.0.0.3:80=i3 10.0.0.4:80=i4"
                        + " 10.0.0.5:80=i5");

        known(server(EDGE, "cart@file", "http://10.0.0.1:81"), server(EDGE, "cart@file", "http://10.0.0.2:81"));
        known(server(EDGE, "cart@file", "http://10.0.0.3:81"), server(EDGE, "cart@file", "http://10.0.0.4:81"));
        assertThat(of("shop@file")).as("another service is there too").isEmpty();
    }

    @Test
    void anExporterOnEveryHostIsNoService() {
        for (int i = 1; i <= 10; i++) {
            known(scraped(PROM, "node", "n" + i, "http://10.0.0." + i + ":9100/metrics"));
        }
        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                server(EDGE, "shop@file", "http://10.0.0.2:80"),
                server(EDGE, "cart@file", "http://10.0.0.1:81"));

        assertThat(of("shop@file")).isEmpty();
    }

    @Test
    void loopbackIsAnotherMachineForEachSource() {
        known(
                server(EDGE, "shop@file", "http://127.0.0.1:80"),
                server(EDGE, "cart@file", "http://localhost:80"),
                scraped(PROM, "checkout", "i", "http://127.0.0.1:80/metrics"),
                scraped(PROM, "cart", "j", "http://localhost:80/metrics"));

        assertThat(of("shop@file")).isEmpty();
        assertThat(of("cart@file")).isEmpty();
    }

    @Test
    void theOperatorsWordStandsAloneAndTheFirstThatMatchesHolds() {
        join = new Join(List.of(
                new Mapping(Pattern.compile("shop@.*"), Pattern.compile("checkout"), Map.of("env", "prod")),
                new Mapping(Pattern.compile(".*"), Pattern.compile("cart"), Map.of())));
        known(
                server(EDGE, "shop@file", "http://127.0.0.1:80"),
                scraped(PROM, "checkout", "i", "http://127.0.0.1:80/metrics", Map.of("env", "prod")),
                scraped(PROM, "checkout", "dev", "http://127.0.0.1:80/metrics", Map.of("env", "dev")),
                scraped(PROM, "cart", "j", "http://127.0.0.1:80/metrics"));

        assertThat(of("shop@file")).containsExactly("mapping checkout 127.0.0.1:80 (edge-1)=i");
        assertThat(join.ofJob("cart")).isEmpty();
    }

    @Test
    void mappedJobsArePairedWhereOneOfEachIsOnAHostAndElseAsAWhole() {
        join = new Join(List.of(new Mapping(Pattern.compile("shop@file"), Pattern.compile("checkout"), Map.of())));
        known(
                server(EDGE, "shop@file", "http://10.0.0.1:80"),
                server(EDGE, "shop@file", "http://10.0.0.2:80"),
                server(EDGE, "shop@file", "http://10.0.0.2:81"),
                scraped(PROM, "checkout", "i", "http://10.0.0.1:9100/metrics"),
                scraped(PROM, "checkout", "j", "http://10.0.0.2:9100/metrics"));

        assertThat(of("shop@file")).containsExactly("mapping checkout 10.0.0.1:80=i");

        join.remove(server(EDGE, "shop@file", "http://10.0.0.1:80"));
        assertThat(of("shop@file")).containsExactly("mapping checkout");
    }

    @Test
    void anAddressThatIsUsedAgainIsWhoeverIsThereNow() {
        Target server = server(EDGE, "shop@file", "http://10.0.0.1:80");
        Target before = scraped(PROM, "checkout", "i", "http://10.0.0.1:80/metrics");
        known(server, before);

        join.remove(before);
        assertThat(of("shop@file")).isEmpty();

        known(scraped(PROM, "cart", "j", "http://10.0.0.1:80/metrics"));
        assertThat(of("shop@file")).containsExactly("host_port cart 10.0.0.1:80=j");
    }
}
