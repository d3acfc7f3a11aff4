package dev.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of mistake, with the exact text that the operator reads. */
class ConfigMistakesTest {
    private static final String SOURCE = "sources:\n  - {kind: prometheus, url: \"http://h:9090\"}\n";

    @TempDir
    Path folder;

    private ConfigLoader loader;

    @BeforeEach
    void loader() {
        loader = new ConfigLoader(Map.of("TOKEN", "t0ken", "EMPTY", ""), "host-1", folder);
    }

    @Test
    void anUnknownKeyIsShownAtTheKeyWithTheNearestKnownOne() {
        assertThat(mistakes("sources:\n  - kind: prometheus\n    url: http://h:1\n    intervall: 5s\n"))
                .containsExactly("t.yaml:4:5: sources[0].intervall: got an unknown key, did you mean interval?");
        assertThat(mistakes(SOURCE + "node: {zzzzzz: 1}\n"))
                .containsExactly("t.yaml:3:8: node.zzzzzz: got an unknown key, want one of name");
    }

    @Test
    void anUnknownMatcherIsAMistake() {
        assertThat(mistakes(SOURCE + "outages: {jobs: [{match: {jobb: a}}]}\n"))
                .containsExactly("t.yaml:3:27: outages.jobs[0].match.jobb: got an unknown key, did you mean job?");
        assertThat(mistakes(SOURCE + "outages: {jobs: [{match: {}}]}\n"))
                .containsExactly(
                        "t.yaml:3:26: outages.jobs[0].match: got an empty mapping, want a mapping with job, cluster or both");
    }

    @Test
    void aDuplicateKeyIsShownWhereItStandsAgain() {
        assertThat(mistakes(SOURCE + "data: a\ndata: b\n"))
                .containsExactly("t.yaml:4:1: data: got the key again, want it once (first in line 3)");
    }

    @Test
    void wrongTypesNameWhatWasWanted() {
        assertThat(mistakes("sources: 7\nnode: []\nlimits: {targets_per_source: many}\n"))
                .containsExactly(
                        "t.yaml:1:10: sources: got 7, want a list of sources",
                        "t.yaml:2:7: node: got a list, want a mapping",
                        "t.yaml:3:30: limits.targets_per_source: got \"many\", want a whole number from 1 to 10000000");
        assertThat(mistakes("[]\n"))
                .containsExactly(
                        "t.yaml:1:1: got a list, want a mapping with sources, and what else conf/tocsin.yaml shows");
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://h:1\", external_labels: {zone: 1}}]\n"))
                .containsExactly("t.yaml:1:73: sources[0].external_labels.zone: got 1, want a text");
    }

    @Test
    void durationsAndSizesNeedUnits() {
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://h:1\", interval: 15, timeout: 4 s}]\n"
                        + "limits: {body: 1GB, last_error: 4}\n"))
                .containsExactly(
                        "t.yaml:1:59: sources[0].interval: got 15, want a duration such as 15s or 1m30s",
                        "t.yaml:1:72: sources[0].timeout: got \"4 s\", want a duration such as 15s or 1m30s",
                        "t.yaml:2:16: limits.body: got \"1GB\", want a size such as 4KiB or 1GiB",
                        "t.yaml:2:33: limits.last_error: got 4, want a size such as 4KiB or 1GiB");
    }

    @Test
    void boundsAreNamed() {
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://h:1\", interval: 1ms}]\n"
                        + "limits: {body: 1B, last_error: 2MiB, targets_per_source: 0}\n"
                        + "outages: {job_wide: {share: 1.5}}\n"))
                .containsExactly(
                        "t.yaml:1:59: sources[0].interval: got \"1ms\", want 100ms to 1h",
                        "t.yaml:2:16: limits.body: got \"1B\", want 64KiB to 64GiB",
                        "t.yaml:2:32: limits.last_error: got \"2MiB\", want 64B to 1MiB",
                        "t.yaml:2:58: limits.targets_per_source: got 0, want a whole number from 1 to 10000000",
                        "t.yaml:3:29: outages.job_wide.share: got 1.5, want a share above 0 and up to 1");
    }

    @Test
    void enumValuesAreListed() {
        assertThat(mistakes(SOURCE + "outages: {quorum: most}\n"))
                .containsExactly("t.yaml:3:19: outages.quorum: got \"most\", want all, majority or any");
        assertThat(mistakes("sources: [{kind: prometeus, url: \"http://h:1\"}]\n"))
                .containsExactly("t.yaml:1:18: sources[0].kind: got \"prometeus\", want prometheus or traefik");
    }

    @Test
    void missingKeysAreNamed() {
        assertThat(mistakes("sources: [{name: a}]\n"))
                .containsExactlyInAnyOrder(
                        "t.yaml:1:11: sources[0].kind: got nothing, want prometheus or traefik",
                        "t.yaml:1:11: sources[0].url: got nothing, want an http or https URL such as http://127.0.0.1:9090");
        assertThat(mistakes("data: x\n"))
                .containsExactly(
                        "t.yaml:1:1: sources: got none, want at least one source (or --prometheus URL, --traefik URL)");
        assertThat(mistakes("# nothing\n"))
                .containsExactly("t.yaml:1:1: got an empty file, want a mapping with sources");
    }

    @Test
    void whatIsPlannedIsNotInThisVersion() {
        assertThat(mistakes(SOURCE + "http: {listen: \"127.0.0.1:8686\"}\n"))
                .containsExactly("t.yaml:3:1: http: got a key that is not in this version, want it left out");
    }

    @Test
    void aTraefikHasMetricsOfItsOwnAndAPrometheusHasNone() {
        assertThat(mistakes("sources: [{kind: traefik, url: \"http://t:1/base\", metrics_url: \"http://t:2/m\","
                        + " host_header: traefik.example}]\n"))
                .isEmpty();
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://p:1\", metrics_url: \"http://p:2\"}]\n"))
                .containsExactly(
                        "t.yaml:1:49: sources[0].metrics_url: got the metrics_url of a Prometheus, want it of a"
                                + " traefik alone");
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://p:1\", ping_url: \"http://p:2\"}]\n"))
                .containsExactly(
                        "t.yaml:1:49: sources[0].ping_url: got the ping_url of a Prometheus, want it of a traefik"
                                + " alone");
        assertThat(mistakes("sources: [{kind: traefik, url: \"http://t:1\", host_header: \"a b\"}]\n"))
                .containsExactly("t.yaml:1:59: sources[0].host_header: got \"a b\", want a host, or host:port");
        assertThat(mistakes("sources: [{kind: traefik, url: \"http://t:1\", metrics_url: \"http://u:p@t:2\"}]\n"))
                .containsExactly(
                        "t.yaml:1:59: sources[0].metrics_url: got a url with a user or a password in it, want it"
                                + " without: use basic_auth");
    }

    @Test
    void brokersAreHostsAndPorts() {
        assertThat(mistakes(SOURCE + "kafka: {bootstrap: \"k:9092,k\"}\n"))
                .containsExactly("t.yaml:3:20: kafka.bootstrap: got \"k\", want host:port, or several with a comma"
                        + " between them");
        assertThat(mistakes(SOURCE + "kafka: {bootstrap: \"k:70000\", partitions: 0}\n"))
                .containsExactlyInAnyOrder(
                        "t.yaml:3:20: kafka.bootstrap: got \"k:70000\", want host:port, or several with a comma"
                                + " between them",
                        "t.yaml:3:43: kafka.partitions: got 0, want a whole number from 1 to 1000");
        assertThat(texts(loader.fromUrls(new Overrides(List.of("http://h:1"), List.of(), null, "k:x"))))
                .containsExactly("command line: --kafka: got \"k:x\", want host:port, or several with a comma between"
                        + " them");
    }

    @Test
    void settingsOfKafkaThatLoadReadOrAskAreNotOffered() {
        for (String setting : List.of(
                "config.providers: x",
                "sasl.jaas.config: com.sun.security.auth.module.JndiLoginModule",
                "sasl.oauthbearer.token.endpoint.url: \"file:///etc/passwd\"",
                "interceptor.classes: x",
                "transactional.id: x",
                "acks: 1")) {
            assertThat(mistakes(SOURCE + "kafka: {bootstrap: \"k:1\", properties: {" + setting + "}}\n"))
                    .singleElement()
                    .asString()
                    .startsWith("t.yaml:3:40: kafka.properties.")
                    .contains(": got a setting that is not offered, ");
        }
        assertThat(mistakes(SOURCE + "kafka: {bootstrap: \"k:1\", properties: {linger.m: 5}}\n"))
                .containsExactly(
                        "t.yaml:3:40: kafka.properties.\"linger.m\": got a setting that is not offered, did you mean linger.ms?");
    }

    @Test
    void passwordsOfKafkaComeFromFilesOrTheEnvironment() {
        assertThat(mistakes(SOURCE
                        + "kafka: {bootstrap: \"k:1\", sasl: {mechanism: PLAIN, username: u, password: s3cret}}\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:3:75: kafka.sasl.password: got another text (not shown, it may be a secret)")
                .doesNotContain("s3cret");
        assertThat(mistakes(SOURCE + "kafka: {bootstrap: \"k:1\", sasl: {mechanism: GSSAPI, username: u}}\n"))
                .containsExactlyInAnyOrder(
                        "t.yaml:3:45: kafka.sasl.mechanism: got \"GSSAPI\", want PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
                        "t.yaml:3:33: kafka.sasl: got no password, want password_file: FILE or password: ${NAME}");
    }

    @Test
    void redirectsAreNotOffered() {
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://h:1\", follow_redirects: true}]\n"))
                .containsExactly(
                        "t.yaml:1:49: sources[0].follow_redirects: got a key that is not offered, as credentials would go along with a redirect, want it left out");
    }

    @Test
    void theTimeoutFitsIntoTheInterval() {
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://h:1\", interval: 2s, timeout: 3s}]\n"))
                .containsExactly("t.yaml:1:72: sources[0].timeout: got \"3s\", want at most the interval, 2s");
    }

    @Test
    void twoSourcesOfOneNameAreAMistakeAlsoByDefault() {
        assertThat(mistakes("sources:\n  - {name: a, kind: prometheus, url: \"http://h:1\"}\n"
                        + "  - {name: a, kind: prometheus, url: \"http://h:2\"}\n"))
                .containsExactly(
                        "t.yaml:3:12: sources[1].name: got \"a\" again, want a name of its own (first in t.yaml:2:12)");
        assertThat(mistakes(SOURCE + "  - {kind: prometheus, url: \"http://h:9090/x\"}\n"))
                .containsExactly(
                        "t.yaml:3:5: sources[1].name: got \"h:9090\" again, want a name of its own (first in t.yaml:2:5)");
    }

    @Test
    void urlsAreHttpWithoutUserQueryAndFragment() {
        assertThat(url("ftp://h/"))
                .endsWith("got \"ftp://h/\", want an http or https URL such as http://127.0.0.1:9090");
        assertThat(url("localhost:9090")).contains("want an http or https URL");
        assertThat(url("http://u:hunter2@h/"))
                .endsWith("url: got a url with a user or a password in it, want it without: use basic_auth");
        assertThat(url("http://u:hun ter2@h/")).contains("got another text").doesNotContain("ter2");
        assertThat(url("http://h/?token=hunter2"))
                .contains("got a url with a query or a fragment")
                .doesNotContain("hunter2");
        assertThat(url("http://h/#x")).contains("got a url with a query or a fragment");
        assertThat(url("http://h:70000")).contains("want a host and a port from 1 to 65535");
        assertThat(url("http://")).contains("got \"http://\", want an http or https URL");
    }

    @Test
    void sharesAndWaitsAreInOrder() {
        assertThat(mistakes(SOURCE + "outages: {partial: {share: 0.95}, confirm: {min: 1m}}\n"))
                .containsExactly(
                        "t.yaml:3:28: outages.partial.share: got partial.share 0.95 above job_wide.share 0.9, want partial.share <= job_wide.share",
                        "t.yaml:3:50: outages.confirm.min: got confirm.min 1m above confirm.max 30s, want confirm.min <= confirm.max");
        assertThat(mistakes(SOURCE + "outages: {jobs: [{match: {job: a}, job_wide: {share: 0.2}}]}\n"))
                .containsExactly(
                        "t.yaml:3:54: outages.jobs[0].job_wide.share: got partial.share 0.3 above job_wide.share 0.2, want partial.share <= job_wide.share");
    }

    @Test
    void staleAfterCoversThreeIntervals() {
        assertThat(mistakes(SOURCE + "outages: {stale_after: 10s}\n"))
                .containsExactly(
                        "t.yaml:3:24: outages.stale_after: got \"10s\", want at least 3 intervals of a source, 15s");
    }

    @Test
    void aBadRegexIsNamed() {
        assertThat(mistakes(SOURCE + "outages: {jobs: [{match: {job: \"a(\"}}]}\n"))
                .containsExactly(
                        "t.yaml:3:32: outages.jobs[0].match.job: got \"a(\", want a regular expression (missing closing ))");
    }

    @Test
    void aJoinNamesAServiceAndAJob() {
        assertThat(mistakes(SOURCE + """
                join:
                  - {service: "shop@(", job: checkout, labels: {env: 1}}
                  - {job: "a(", lables: {env: prod}}
                  - shop
                """))
                .containsExactlyInAnyOrder(
                        "t.yaml:4:15: join[0].service: got \"shop@(\", want a regular expression (missing closing ))",
                        "t.yaml:4:54: join[0].labels.env: got 1, want a text",
                        "t.yaml:5:5: join[1].service: got nothing, want a regular expression (RE2) for the whole name",
                        "t.yaml:5:11: join[1].job: got \"a(\", want a regular expression (missing closing ))",
                        "t.yaml:5:17: join[1].lables: got an unknown key, did you mean labels?",
                        "t.yaml:6:5: join[2]: got \"shop\", want a mapping with service and job");
    }

    @Test
    void secretsAreNeverInTheFileAndNeverInAMessage() {
        List<String> mistakes = mistakes(
                "sources: [{kind: prometheus, url: \"http://h:1\", basic_auth: {username: u, password: hunter2}}]\n");

        assertThat(mistakes)
                .containsExactly(
                        "t.yaml:1:85: sources[0].basic_auth.password: got another text (not shown, it may be a secret), want the name of an environment variable as ${NAME} (or a *_file key in its place)");
    }

    @Test
    void referencesMustPointToSomething() {
        assertThat(
                        mistakes(
                                "sources: [{kind: prometheus, url: \"http://h:1\", authorization: {credentials: \"${NOPE}\"}}]\n"))
                .containsExactly(
                        "t.yaml:1:78: sources[0].authorization.credentials: got ${NOPE}, want an environment variable that is set");
        assertThat(
                        mistakes(
                                "sources: [{kind: prometheus, url: \"http://h:1\", authorization: {credentials_file: nope}}]\n"))
                .containsExactly(
                        "t.yaml:1:83: sources[0].authorization.credentials_file: got \"nope\", want a file: there is no "
                                + folder.resolve("nope"));
        assertThat(mistakes("sources: [{kind: prometheus, url: \"http://h:1\", headers: {X-A: \"a ${TOKEN}\"}}]\n"))
                .containsExactly(
                        "t.yaml:1:64: sources[0].headers.X-A: got ${NAME} within a text, want ${NAME} alone, its variable holding the whole value");
    }

    @Test
    void oneWayToAuthenticateIsEnough() {
        assertThat(mistakes("sources:\n  - kind: prometheus\n    url: http://h:1\n"
                        + "    basic_auth: {username: u, password: \"${TOKEN}\"}\n"
                        + "    authorization: {credentials: \"${TOKEN}\"}\n"))
                .containsExactly(
                        "t.yaml:5:5: sources[0].authorization: got both basic_auth and authorization, want one of them");
        assertThat(mistakes("sources:\n  - kind: prometheus\n    url: http://h:1\n    basic_auth: {username: u}\n"))
                .containsExactly(
                        "t.yaml:4:17: sources[0].basic_auth: got no password, want password_file: FILE or password: ${NAME}");
        assertThat(mistakes("sources:\n  - kind: prometheus\n    url: http://h:1\n    headers: {authorization: x}\n"))
                .containsExactly(
                        "t.yaml:4:15: sources[0].headers.authorization: got the header Authorization, want the key authorization or basic_auth for that");
    }

    @Test
    void aCertificateNeedsItsKey() throws IOException {
        Files.writeString(folder.resolve("c.pem"), "x");

        assertThat(mistakes("sources: [{kind: prometheus, url: \"https://h:1\", tls_config: {cert_file: c.pem}}]\n"))
                .containsExactly(
                        "t.yaml:1:74: sources[0].tls_config.cert_file: got cert_file without key_file, want both or none");
    }

    @Test
    void brokenYamlIsShownWithItsPlace() {
        assertThat(mistakes("sources:\n  - {name: a\nnode: x\n"))
                .singleElement()
                .asString()
                .startsWith("t.yaml:3:5: got broken YAML (");
        assertThat(mistakes("a: b: c\n"))
                .containsExactly("t.yaml:1:5: got broken YAML (mapping values are not allowed here), want YAML");
        assertThat(mistakes("a: 1\n---\nb: 2\n")).containsExactly("t.yaml:2:1: got a second document, want one");
        assertThat(mistakes("a: \u0007\n")).singleElement().asString().startsWith("t.yaml: got no YAML (");
    }

    /** S18 */
    @Test
    void hostileYamlIsRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
        }
        Instant start = Instant.now();

        assertThat(mistakes(bomb.toString()))
                .singleElement()
                .asString()
                .contains("got more than 10 aliases, want fewer");
        assertThat(mistakes("a: !!javax.script.ScriptEngineManager [x]\n"))
                .containsExactly(
                        "t.yaml:1:4: a: got the tag \"tag:yaml.org,2002:javax.script.ScriptEngineManager\", want a value without a tag");
        assertThat(mistakes("a: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("nested deeper than 20");
        assertThat(mistakes("a: " + "x".repeat(1 << 20)))
                .containsExactly("t.yaml: got more than 1 MiB, want a smaller file");
        assertThat(mistakes("a: *b\n"))
                .containsExactly("t.yaml:1:4: a: got an alias of nothing, want an anchor &\"b\" before it");
        assertThat(mistakes("a: &a [*a]\n")).singleElement().asString().contains("got an alias of nothing");
        assertThat(mistakes("\"a\\u001b[31m\\nb\": 1\n"))
                .allMatch(m -> m.chars().noneMatch(c -> c < ' '));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void filesThatCannotBeReadAreMistakes() throws IOException {
        assertThat(texts(loader.load(Path.of("none.yaml"))))
                .containsExactly("none.yaml: got no such file, want a YAML file");
        assertThat(texts(loader.load(Path.of("."))))
                .singleElement()
                .asString()
                .startsWith(".: got a file that cannot be read");
        Files.write(folder.resolve("latin.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(texts(loader.load(Path.of("latin.yaml"))))
                .containsExactly("latin.yaml: got bytes that are no UTF-8, want UTF-8 text of at most 1 MiB");
    }

    @Test
    void theCommandLineIsCheckedToo() {
        assertThat(texts(loader.fromUrls(
                        new Overrides(List.of("http://h:1", "nope", "http://h:1"), List.of(), null, null))))
                .containsExactly(
                        "command line: --prometheus: got \"nope\", want an http or https URL such as http://127.0.0.1:9090",
                        "command line: --prometheus: got \"h:1\" again, want a name of its own (first in command line)");
    }

    private String url(String url) {
        return String.join("\n", mistakes("sources: [{kind: prometheus, url: \"" + url + "\"}]\n"));
    }

    private List<String> mistakes(String yaml) {
        try {
            Files.writeString(folder.resolve("t.yaml"), yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return texts(loader.load(Path.of("t.yaml")));
    }

    private static List<String> texts(LoadResult result) {
        return result instanceof LoadResult.Mistakes found
                ? found.mistakes().stream().map(Mistake::toString).toList()
                : List.of();
    }
}
