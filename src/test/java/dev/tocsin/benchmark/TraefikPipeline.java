package dev.tocsin.benchmark;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TraefikAnswers;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikMemo;
import dev.tocsin.source.TraefikMetrics;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikServers;
import dev.tocsin.source.TraefikService;
import dev.tocsin.source.TraefikService.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Our way of one round of a Traefik's answers, from bytes to deltas, without the network. Confined. */
final class TraefikPipeline {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final WaitClock waits = new WaitClock();
    private final TraefikServers servers;
    private final HealthTable table;
    private final TraefikMemo memo = new TraefikMemo();
    private long polls;

    TraefikPipeline() {
        Source source = new Source("edge-a", "edge-a", SourceKind.TRAEFIK);
        servers = new TraefikServers(source, Map.of(), INTERVAL, service -> false);
        table = new HealthTable(source, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
    }

    BodyDecoder<List<TraefikService>> services() {
        return TraefikAnswers.services(Protocol.HTTP, SourceLimits.DEFAULT, memo);
    }

    BodyDecoder<TraefikMetrics> metrics() {
        return TraefikAnswers.metrics(memo);
    }

    DeltaBatch poll(List<TraefikService> services, TraefikMetrics metrics, Instant now) {
        Moment at = new Moment(now.toEpochMilli(), now);
        waits.beat(at.monoMillis());
        polls++;
        Exchange<TraefikMetrics> page = new Exchange.Answered<>(metrics, now);
        TraefikRound round = new TraefikRound(
                polls,
                at,
                page,
                new Exchange.Answered<>(services, now),
                null,
                null,
                null,
                null,
                page,
                TraefikAside.NONE);
        return table.poll(servers.read(round), INTERVAL);
    }
}
