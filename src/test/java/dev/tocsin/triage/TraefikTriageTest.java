package dev.tocsin.triage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.ServerLook;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TraefikAnswers;
import dev.tocsin.source.TraefikMetrics;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikServers;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.triage.Report.SourceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One look at a running Traefik (src/test/resources/traefik), with and without its metrics. */
class TraefikTriageTest {
    private static final Source EDGE = new Source("edge-1", "edge-1", SourceKind.TRAEFIK);
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Path FOLDER = Path.of("src/test/resources/traefik/v3.7.9/rich");

    @Test
    void whatIsDownIsTheServiceAndWhatNobodyChecksIsNotUp() throws IOException, AnswerRefused {
        Report report = report(true);

        assertThat(report.standing()).isEqualTo(Standing.DOWN);
        assertThat(report.jobs())
                .extracting(job ->
                        job.job() + " " + job.verdict() + " " + job.counts().down())
                .startsWith("payments@file JOB 2", "shop-green@file JOB 2")
                .contains("catalog@file INSTANCE 1");
        assertThat(edge(report).targets()).isEqualTo(new Report.Targets(26, 11, 0, 0, 0, 14));
        assertThat(edge(report).version()).isEqualTo("3.7.9");
        assertThat(edge(report).unchecked()).isEmpty();
    }

    @Test
    void aBrokenConfigurationIsOneWarningOfEachKind() throws IOException, AnswerRefused {
        List<Report.Trouble> troubles = edge(report(true)).troubles();

        assertThat(troubles)
                .extracting(Report.Trouble::kind)
                .containsExactly(TroubleKind.ROUTER_ERROR, TroubleKind.SERVICE_WITHOUT_SERVERS);
        assertThat(troubles.get(0).items())
                .as("six services and the nine routers that have an error of their own")
                .hasSize(15)
                .contains("nowhere@file: the service \"nobody@file\" does not exist");
        assertThat(troubles.get(1).items())
                .containsExactly(
                        "empty-checked@file: it has no server: its clients get 503",
                        "empty@file: it has no server: its clients get 503");
    }

    @Test
    void withoutMetricsNobodyIsUpAtOneLookAndTheReportSaysWhy() throws IOException, AnswerRefused {
        SourceReport edge = edge(report(false));

        assertThat(edge.targets()).isEqualTo(new Report.Targets(0, 11, 26, 0, 0, 14));
        assertThat(edge.unchecked())
                .extracting(Report.Unchecked::why)
                .containsExactly("its metrics: HTTP 404: no metrics at this place: are they elsewhere (metrics_url), or"
                        + " turned off?");
    }

    private static SourceReport edge(Report report) {
        return report.sources().get(0);
    }

    private static Report report(boolean metrics) throws IOException, AnswerRefused {
        Exchange<TraefikMetrics> page = metrics
                ? answered("metrics.txt", TraefikAnswers.metrics())
                : new Exchange.Refused<>(404, false, null, "text/plain", "404 page not found\n");
        TraefikRound round = new TraefikRound(
                1,
                new Moment(777_000, NOW),
                page,
                answered("http-services.json", TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT)),
                answered("tcp-services.json", TraefikAnswers.services(Protocol.TCP, SourceLimits.DEFAULT)),
                answered("http-routers-status-disabled.json", TraefikAnswers.brokenRouters()),
                null,
                answered("version.json", TraefikAnswers.version()),
                page);
        TraefikServers servers = new TraefikServers(EDGE, Map.of(), Duration.ofSeconds(5));
        ServerLook look = ServerLook.of(servers.read(round), round);
        return Triage.report(
                List.of(new Seen(EDGE, "http://edge-1:8080", look)),
                job -> OutageRules.DEFAULT,
                ScrapeErrors.load(),
                NOW);
    }

    private static <T> Exchange<T> answered(String name, BodyDecoder<T> decoder) throws IOException, AnswerRefused {
        byte[] body = Files.readAllBytes(FOLDER.resolve(name));
        decoder.feed(body, 0, body.length);
        return new Exchange.Answered<>(decoder.finish(), NOW);
    }
}
