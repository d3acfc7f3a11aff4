package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.source.PrometheusPaths;
import dev.tocsin.source.PrometheusTargets;
import dev.tocsin.source.SourceLimits;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one Prometheus for its target list: at once, or pool by pool while they are many. Confined: its poller. */
final class TargetsAsker {
    private static final Logger LOG = LoggerFactory.getLogger(TargetsAsker.class);

    private final String source;
    private final SourceClient client;
    private final PrometheusTargets targets;
    private final SourceLimits limits;
    private final Clock clock;
    private final Stride stride;

    TargetsAsker(
            String source,
            SourceClient client,
            PrometheusTargets targets,
            SourceLimits limits,
            Clock clock,
            Stride.Lines lines) {
        this.source = source;
        this.client = client;
        this.targets = targets;
        this.limits = limits;
        this.clock = clock;
        this.stride = new Stride(lines);
    }

    /** Asks; the future never fails but by a bug. @param deadline of each request; pool by pool three of them for all */
    Future<Listed> ask(Duration deadline) {
        if (!stride.byPool()) {
            return atOnce(deadline);
        }
        return new PoolWalk(client, targets.byPool(), limits, clock, deadline)
                .walk()
                .compose(end -> {
                    if (end instanceof PoolWalk.End.Told told) {
                        return Future.succeededFuture(told.listed());
                    } else if (end instanceof PoolWalk.End.FilterIgnored) {
                        stride.useless();
                        told("the source ignores scrapePool, its targets are asked for at once");
                    } else {
                        stride.notOffered();
                        told("the source offers no scrape_pools any more, its targets are asked for at once");
                    }
                    return atOnce(deadline);
                });
    }

    /** Takes in what a round brought: how the next one asks. */
    void saw(int count, boolean poolsOffered) {
        boolean before = stride.byPool();
        stride.saw(count, poolsOffered);
        if (before != stride.byPool()) {
            told(before ? "targets are asked for at once again" : "targets are asked for pool by pool from now on");
        }
    }

    private Future<Listed> atOnce(Duration deadline) {
        Question<List<Observation>> question =
                new Question<>(PrometheusPaths.TARGETS, targets.decoder(), deadline, limits.bodyBytesMax());
        return client.ask(question).map(fetched -> {
            Moment now = clock.now();
            return new Listed(fetched.exchange(), null, now, now, fetched.bytes(), fetched.millis());
        });
    }

    private void told(String message) {
        LOG.atInfo().addKeyValue("source", source).log(message);
    }
}
