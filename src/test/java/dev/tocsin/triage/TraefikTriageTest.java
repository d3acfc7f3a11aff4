package dev.tocsin.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Broken;
import dev.tocsin.source.Certificate;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.ServerLook;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TraefikAnswers;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikMemo;
import dev.tocsin.source.TraefikMetrics;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikServers;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.triage.Report.SourceReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One look at a running Traefik (src/test/resources/traefik), with and without its metrics. */
class TraefikTriageTest {
    private static final Source EDGE = new Source("edge-1", "edge-1", SourceKind.TRAEFIK);
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final List<Certificate> EXPIRED = List.of(new Certificate("shop.test", null, NOW.minusSeconds(1)));
    private static final Path FOLDER = Path.of("src/test/resources/traefik/v3.7.9/rich");

    @Test
    void whatIsDownIsTheServiceAndWhatNobodyChecksIsNotUp() throws IOException, AnswerRefused {
        Report report = report(true);

        assertThat(report.standing()).isEqualTo(Standing.DOWN);
        assertThat(report.jobs())
                .extracting(job ->
                        job.job() + " " + job.verdict() + " " + job.counts().down())
                .startsWith(
                        "both-dead-ha@file JOB 2",
                        "both-dead-hc@file JOB 2",
                        "payments@file JOB 2",
                        "shop-green@file JOB 2")
                .contains("catalog@file INSTANCE 1", "shop-plain@file INSTANCE 1")
                .noneMatch(line -> line.startsWith("shop-canary@file") || line.startsWith("checkout-ha@file"));
        assertThat(edge(report).targets()).isEqualTo(new Report.Targets(35, 17, 0, 0, 0, 0, 24));
        assertThat(edge(report).version()).isEqualTo("3.7.9");
        assertThat(edge(report).unchecked()).isEmpty();
    }

    @Test
    void aBrokenConfigurationIsOneWarningOfEachKind() throws IOException, AnswerRefused {
        List<Report.Trouble> troubles = edge(report(true)).troubles();

        assertThat(troubles)
                .extracting(Report.Trouble::kind)
                .containsExactly(
                        TroubleKind.ROUTER_ERROR,
                        TroubleKind.SERVICE_WITHOUT_SERVERS,
                        TroubleKind.CERTIFICATE_EXPIRING);
        assertThat(troubles.get(2).evidence()).isEqualTo("shop.test: it is valid until 2026-11-20T23:59:59Z");
        assertThat(troubles.get(0).items())
                .as("six services, a middleware and the eight routers that have an error of their own")
                .hasSize(15)
                .contains("broken-mw@file: error parsing regexp: missing closing ): `(`")
                .noneMatch(item -> item.startsWith("uses-broken@file"))
                .contains("nowhere@file: the service \"nobody@file\" does not exist");
        assertThat(troubles.get(1).items())
                .containsExactly(
                        "empty-checked@file: it has no server: its clients get 503",
                        "empty@file: it has no server: its clients get 503");
    }

    @Test
    void withoutMetricsNobodyIsUpAtOneLookAndTheReportSaysWhy() throws IOException, AnswerRefused {
        SourceReport edge = edge(report(false));

        assertThat(edge.targets()).isEqualTo(new Report.Targets(0, 17, 0, 35, 0, 0, 24));
        assertThat(edge.unchecked())
                .extracting(Report.Unchecked::why)
                .containsExactly("its metrics: HTTP 404: no metrics at this place: are they elsewhere (metrics_url), or"
                        + " turned off?");
    }

    @Test
    void replicasOfOneClusterAreVantagesOfOneWorld() throws IOException, AnswerRefused {
        TraefikRound sick = elsewhere("\"DOWN\"", "DOWN");
        TraefikRound well = elsewhere("\"DOWN\"", "UP");

        Report all = report(Map.of("edge-1", sick, "edge-2", sick));
        Report one = report(Map.of("edge-1", sick, "edge-2", well));

        assertThat(all.jobs())
                .extracting(Report.JobOut::job)
                .startsWith("both-dead-ha@file", "both-dead-hc@file", "payments@file", "shop-green@file");
        assertThat(all.jobs().get(0).sighted()).containsExactly("edge-1", "edge-2");
        assertThat(one.jobs()).isEmpty();
        assertThat(one.disagreements())
                .extracting(each -> each.job() + " " + each.instance() + " " + each.down() + " " + each.up())
                .contains("payments@file 10.0.0.1:21207 [edge-1] [edge-2]");
    }

    /** Servers on another machine, without gauges: what stands in the API alone, long after the last reload. */
    private static TraefikRound elsewhere(String status, String instead) throws IOException, AnswerRefused {
        String services = Files.readString(FOLDER.resolve("http-services.json"))
                .replace("127.0.0.1", "10.0.0.1")
                .replace(status, "\"" + instead + "\"");
        String page = "traefik_config_reloads_total 1\ntraefik_config_last_reload_success 1.7e9\n";
        Exchange<TraefikMetrics> metrics = decoded(page, TraefikAnswers.metrics(new TraefikMemo()));
        return new TraefikRound(
                1,
                new Moment(777_000, NOW),
                metrics,
                decoded(services, TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo())),
                null,
                null,
                null,
                answered("version.json", TraefikAnswers.version()),
                metrics,
                TraefikAside.NONE);
    }

    private static Report report(Map<String, TraefikRound> replicas) {
        List<Seen> seen = new TreeMap<>(replicas)
                .entrySet().stream()
                        .map(replica -> {
                            Source source = new Source(replica.getKey(), "eu-1", SourceKind.TRAEFIK);
                            TraefikServers servers =
                                    new TraefikServers(source, Map.of(), Duration.ofSeconds(5), service -> false);
                            return new Seen(
                                    source,
                                    "http://" + replica.getKey() + ":8080",
                                    ServerLook.of(servers.read(replica.getValue()), replica.getValue()));
                        })
                        .toList();
        return Triage.report(seen, job -> OutageRules.DEFAULT, ScrapeErrors.load(), NOW);
    }

    private static SourceReport edge(Report report) {
        return report.sources().get(0);
    }

    private static Report report(boolean metrics) throws IOException, AnswerRefused {
        Exchange<TraefikMetrics> page = metrics
                ? answered("metrics.txt", TraefikAnswers.metrics(new TraefikMemo()))
                : new Exchange.Refused<>(404, false, null, "text/plain", "404 page not found\n");
        TraefikRound round = new TraefikRound(
                1,
                new Moment(777_000, NOW),
                page,
                answered(
                        "http-services.json",
                        TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, new TraefikMemo())),
                answered(
                        "tcp-services.json",
                        TraefikAnswers.services(Protocol.TCP, SourceLimits.DEFAULT, new TraefikMemo())),
                answered("http-routers-status-disabled.json", TraefikAnswers.broken(Broken.ROUTER)),
                null,
                answered("version.json", TraefikAnswers.version()),
                page,
                TraefikAside.NONE
                        .withMiddlewares(list("http-middlewares.json", Broken.MIDDLEWARE))
                        .withTcpRouters(list("tcp-routers.json", Broken.TCP_ROUTER))
                        .withCertificates(EXPIRED));
        TraefikServers servers = new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(5), service -> false);
        ServerLook look = ServerLook.of(servers.read(round), round);
        return Triage.report(
                List.of(new Seen(EDGE, "http://edge-1:8080", look)),
                job -> OutageRules.DEFAULT,
                ScrapeErrors.load(),
                NOW);
    }

    private static List<Broken> list(String name, String part) throws IOException, AnswerRefused {
        BodyDecoder<List<Broken>> decoder = TraefikAnswers.broken(part);
        byte[] body = Files.readAllBytes(FOLDER.resolve(name));
        decoder.feed(body, 0, body.length);
        return decoder.finish();
    }

    private static <T> Exchange<T> answered(String name, BodyDecoder<T> decoder) throws IOException, AnswerRefused {
        return decoded(Files.readString(FOLDER.resolve(name)), decoder);
    }

    private static <T> Exchange<T> decoded(String text, BodyDecoder<T> decoder) throws AnswerRefused {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        decoder.feed(body, 0, body.length);
        return new Exchange.Answered<>(decoder.finish(), NOW);
    }
}
