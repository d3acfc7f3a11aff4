package dev.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.join.Mapping;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import dev.tocsin.outage.Scope;
import dev.tocsin.source.SourceLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    private ConfigLoader loader;

    @BeforeEach
    void loader() {
        loader = new ConfigLoader(Map.of("TOKEN", "t0ken"), "host-1", folder);
    }

    @Test
    void everyKeyReachesItsRecord() throws IOException {
        Files.createDirectories(folder.resolve("conf/secrets"));
        for (String name : List.of("pw", "ca", "cert", "key", "api")) {
            Files.writeString(folder.resolve("conf/secrets/" + name), "x\n");
        }
        Files.writeString(folder.resolve("conf/t.yaml"), """
                sources:
                  - name: a
                    kind: prometheus
                    url: https://h:1/prefix/
                    cluster: eu-1
                    interval: 10s
                    timeout: 9s
                    basic_auth: {username: u, password_file: secrets/pw}
                    tls_config: {ca_file: secrets/ca, cert_file: secrets/cert, key_file: secrets/key, server_name: s.example, insecure_skip_verify: true}
                    proxy_url: http://proxy:3128
                    headers: {X-Plain: "1", X-Env: "${TOKEN}"}
                    headers_file: {X-File: secrets/api}
                    external_labels: {zone: a}
                  - {kind: prometheus, url: "http://h:2", authorization: {type: Token, credentials: "${TOKEN}"}}
                node: {name: n1}
                outages:
                  quorum: majority
                  job_wide: {share: 0.8, min: 3}
                  partial: {share: 0.2, min: 4}
                  confirm: {min: 1s, max: 2s}
                  settle: {cap: 3s}
                  absent_for: 4m
                  stale_after: 5m
                  jobs:
                    - {match: {job: "batch-.*"}, confirm: {min: 1m, max: 5m}, quorum: any}
                    - {match: {cluster: lab}, ignore: true}
                data: ../store
                limits: {body: 2GiB, targets_per_source: 7, last_error: 8KiB}
                """);

        TocsinConfig config = loaded(loader.load(Path.of("conf/t.yaml")));

        Path secrets = folder.resolve("conf/secrets");
        OutageRules rules = new OutageRules(
                Quorum.MAJORITY,
                0.8,
                3,
                0.2,
                4,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofMinutes(4),
                false);
        assertThat(config)
                .isEqualTo(new TocsinConfig(
                        List.of(
                                new SourceConfig(
                                        new Source("a", "eu-1", SourceKind.PROMETHEUS),
                                        URI.create("https://h:1/prefix"),
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(9),
                                        new Credentials.Basic("u", new SecretRef.InFile(secrets.resolve("pw"))),
                                        new TlsConfig(
                                                secrets.resolve("ca"),
                                                secrets.resolve("cert"),
                                                secrets.resolve("key"),
                                                "s.example",
                                                true),
                                        Map.of(
                                                "X-Plain", new SecretRef.Literal(new Secret("1")),
                                                "X-Env", new SecretRef.InEnvironment("TOKEN"),
                                                "X-File", new SecretRef.InFile(secrets.resolve("api"))),
                                        URI.create("http://proxy:3128"),
                                        Map.of("zone", "a"),
                                        null,
                                        TraefikConfig.NONE),
                                new SourceConfig(
                                        new Source("h:2", "h:2", SourceKind.PROMETHEUS),
                                        URI.create("http://h:2"),
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(4),
                                        new Credentials.Authorization("Token", new SecretRef.InEnvironment("TOKEN")),
                                        TlsConfig.DEFAULT,
                                        Map.of(),
                                        null,
                                        Map.of(),
                                        null,
                                        TraefikConfig.NONE)),
                        "n1",
                        rules,
                        List.of(
                                new JobRules(
                                        Pattern.compile("batch-.*"),
                                        null,
                                        new OutageRules(
                                                Quorum.ANY,
                                                0.8,
                                                3,
                                                0.2,
                                                4,
                                                Duration.ofMinutes(1),
                                                Duration.ofMinutes(5),
                                                Duration.ofSeconds(3),
                                                Duration.ofMinutes(4),
                                                false)),
                                new JobRules(
                                        null,
                                        Pattern.compile("lab"),
                                        new OutageRules(
                                                Quorum.MAJORITY,
                                                0.8,
                                                3,
                                                0.2,
                                                4,
                                                Duration.ofSeconds(1),
                                                Duration.ofSeconds(2),
                                                Duration.ofSeconds(3),
                                                Duration.ofMinutes(4),
                                                true))),
                        List.of(),
                        new HealthRules(Duration.ofMinutes(5), Duration.ofMinutes(4)),
                        new SourceLimits(2L << 30, 7, 8 << 10),
                        folder.resolve("store"),
                        null));
    }

    @Test
    void theSmallestFileHasTheRecordedDefaults() {
        TocsinConfig config = loaded(loader.load(Path.of("conf/minimal.yaml").toAbsolutePath()));

        assertThat(config).isEqualTo(defaults("http://127.0.0.1:9090", "127.0.0.1:9090"));
    }

    @Test
    void aUrlAloneIsAConfiguration() {
        TocsinConfig config = loaded(loader.fromUrls(new Overrides(List.of("http://h/p/"), List.of(), null, null)));

        assertThat(config).isEqualTo(defaults("http://h/p", "h:80"));
    }

    @Test
    void aTraefikHasItsMetricsBesideItsApi() {
        List<SourceConfig> sources = loaded(loader.fromUrls(
                        new Overrides(List.of("http://h:1"), List.of("http://t:8080/base"), null, null)))
                .sources();

        assertThat(sources)
                .extracting(SourceConfig::source)
                .last()
                .isEqualTo(new Source("t:8080", "t:8080", SourceKind.TRAEFIK));
        assertThat(sources.get(1).traefik().metricsPath()).isEqualTo("/metrics");
        assertThat(sources.get(1).ofMetrics().url()).isEqualTo(URI.create("http://t:8080"));
    }

    @Test
    void theCommandLineStandsOverTheFile() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), "outages: {quorum: any}\ndata: x\n");

        TocsinConfig config = loaded(loader.load(
                Path.of("t.yaml"),
                new Overrides(List.of("http://h:1", "https://h"), List.of(), Path.of("elsewhere"), null)));

        assertThat(config.sources()).extracting(s -> s.source().name()).containsExactly("h:1", "h:443");
        assertThat(config.outages().quorum()).isEqualTo(Quorum.ANY);
        assertThat(config.data()).isEqualTo(folder.resolve("elsewhere"));
    }

    @Test
    void everyKeyOfKafkaReachesItsRecord() throws IOException {
        for (String name : List.of("ca", "pw")) {
            Files.writeString(folder.resolve(name), "x\n");
        }
        Files.writeString(folder.resolve("t.yaml"), """
                sources: [{kind: prometheus, url: "http://h:1"}]
                kafka:
                  bootstrap: "k-1:9092, [::1]:9093"
                  topic_prefix: eu.
                  partitions: 3
                  replication: 2
                  tls_config: {ca_file: ca}
                  sasl: {mechanism: SCRAM-SHA-512, username: tocsin, password_file: pw}
                  properties: {linger.ms: 20, client.rack: a}
                """);

        TocsinConfig config = loaded(loader.load(Path.of("t.yaml")));

        assertThat(config.kafka())
                .isEqualTo(new KafkaConfig(
                        "k-1:9092,[::1]:9093",
                        "eu.",
                        3,
                        2,
                        new TlsConfig(folder.resolve("ca"), null, null, null, false),
                        new KafkaConfig.Sasl("SCRAM-SHA-512", "tocsin", new SecretRef.InFile(folder.resolve("pw"))),
                        Map.of("linger.ms", "20", "client.rack", "a")));
    }

    @Test
    void anEmptyBootstrapIsNoKafka() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), "kafka: {bootstrap: \"\", partitions: 3}\n");

        TocsinConfig config =
                loaded(loader.load(Path.of("t.yaml"), new Overrides(List.of("http://h:1"), List.of(), null, null)));

        assertThat(config.kafka()).isNull();
    }

    @Test
    void theBrokersOfTheCommandLineStandInPlaceOfTheFiles() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), """
                sources: [{kind: prometheus, url: "http://h:1"}]
                kafka: {bootstrap: "k:9092", topic_prefix: eu.}
                """);

        assertThat(kafka("other:1,other:2"))
                .isEqualTo(new KafkaConfig("other:1,other:2", "eu.", 12, 1, null, null, Map.of()));
        assertThat(kafka("none")).isNull();
        assertThat(loaded(loader.fromUrls(new Overrides(List.of("http://h:1"), List.of(), null, "k:9092")))
                        .kafka())
                .isEqualTo(KafkaConfig.at("k:9092"));
    }

    private @Nullable KafkaConfig kafka(String option) {
        return loaded(loader.load(Path.of("t.yaml"), new Overrides(List.of(), List.of(), null, option)))
                .kafka();
    }

    @Test
    void aShortIntervalShortensTheDefaultTimeout() throws IOException {
        Files.writeString(
                folder.resolve("t.yaml"), "sources: [{kind: prometheus, url: \"http://h:1\", interval: 500ms}]\n");

        assertThat(loaded(loader.load(Path.of("t.yaml"))).sources().get(0).timeout())
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void theFirstRuleThatMatchesTheWholeNameHolds() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), """
                sources: [{kind: prometheus, url: "http://h:1"}]
                outages:
                  jobs:
                    - {match: {job: "batch-.*", cluster: eu}, quorum: any}
                    - {match: {job: "batch-.*"}, quorum: majority}
                """);

        TocsinConfig config = loaded(loader.load(Path.of("t.yaml")));

        assertThat(config.rules().of(job("eu", "batch-1")).quorum()).isEqualTo(Quorum.ANY);
        assertThat(config.rules().of(job("us", "batch-1")).quorum()).isEqualTo(Quorum.MAJORITY);
        assertThat(config.rules().of(job("eu", "my-batch-1")).quorum()).isEqualTo(Quorum.ALL);
    }

    @Test
    void anAliasRepeatsWhatItsAnchorSays() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), """
                sources:
                  - {kind: prometheus, url: "http://h:1", headers: &h {X-A: a}}
                  - {kind: prometheus, url: "http://h:2", headers: *h}
                """);

        assertThat(loaded(loader.load(Path.of("t.yaml"))).sources())
                .allSatisfy(s -> assertThat(s.headers()).containsOnlyKeys("X-A"));
    }

    @Test
    void whatServicesAreIsSaidInOrder() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), """
                sources:
                  - {kind: traefik, url: "http://t:1"}
                join:
                  - {service: "shop@.*", job: checkout, labels: {env: prod}}
                  - {service: "(.*)@docker", job: ".+"}
                """);

        TocsinConfig config = loaded(loader.load(Path.of("t.yaml")));

        assertThat(config.rules().joins())
                .containsExactly(
                        new Mapping(Pattern.compile("shop@.*"), Pattern.compile("checkout"), Map.of("env", "prod")),
                        new Mapping(Pattern.compile("(.*)@docker"), Pattern.compile(".+"), Map.of()));
    }

    @Test
    void servicesThatAreToBeIgnoredAreSoByTheirWholeName() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), """
                sources:
                  - {kind: traefik, url: "http://t:1", ignore_services: ["legacy@file", ".*@docker"]}
                """);

        TraefikConfig traefik =
                loaded(loader.load(Path.of("t.yaml"))).sources().get(0).traefik();

        assertThat(List.of("legacy@file", "shop@docker", "my-legacy@file", "shop@file"))
                .filteredOn(traefik::ignores)
                .containsExactly("legacy@file", "shop@docker");
    }

    @Test
    void theCompleteFileChecksCleanAndSaysTheDefaults() {
        TocsinConfig config = loaded(loader.load(Path.of("conf/tocsin.yaml").toAbsolutePath()));

        assertThat(config.outages()).isEqualTo(OutageRules.DEFAULT);
        assertThat(config.health()).isEqualTo(HealthRules.DEFAULT);
        assertThat(config.limits()).isEqualTo(SourceLimits.DEFAULT);
        assertThat(config.sources().get(0).interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.sources().get(0).timeout()).isEqualTo(Duration.ofSeconds(4));
    }

    private TocsinConfig defaults(String url, String name) {
        return new TocsinConfig(
                List.of(new SourceConfig(
                        new Source(name, name, SourceKind.PROMETHEUS),
                        URI.create(url),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(4),
                        new Credentials.None(),
                        TlsConfig.DEFAULT,
                        Map.of(),
                        null,
                        Map.of(),
                        null,
                        TraefikConfig.NONE)),
                "host-1",
                OutageRules.DEFAULT,
                List.of(),
                List.of(),
                HealthRules.DEFAULT,
                SourceLimits.DEFAULT,
                folder.resolve("data"),
                null);
    }

    @Test
    void whereATraefikIsAskedBesideItsApiReachesItsRecord() throws IOException {
        Files.writeString(folder.resolve("t.yaml"), """
                sources:
                  - kind: traefik
                    url: https://edge-1/base/
                    metrics_url: http://edge-1:8082/m/
                    ping_url: https://edge-1:8443
                    basic_auth: {username: u, password: "${TOKEN}"}
                    host_header: traefik.example
                """);

        SourceConfig edge = loaded(loader.load(Path.of("t.yaml"))).sources().get(0);

        assertThat(edge.traefik().metricsPath()).isEqualTo("/m");
        assertThat(edge.ofMetrics())
                .as("another scheme is another door")
                .returns(URI.create("http://edge-1:8082"), SourceConfig::url)
                .returns(new Credentials.None(), SourceConfig::credentials)
                .returns(null, SourceConfig::hostHeader);
        assertThat(edge.traefik().pingPath()).isEqualTo("/ping");
        assertThat(edge.ofPing())
                .returns(URI.create("https://edge-1:8443"), SourceConfig::url)
                .returns(edge.credentials(), SourceConfig::credentials)
                .returns("traefik.example", SourceConfig::hostHeader);
    }

    private static Scope.Job job(String cluster, String job) {
        return new Scope.Job(cluster, SourceKind.PROMETHEUS, job);
    }

    private static TocsinConfig loaded(LoadResult result) {
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        return ((LoadResult.Loaded) result).config();
    }
}
