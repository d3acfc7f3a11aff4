package dev.tocsin.benchmark;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Reference;
import dev.tocsin.bus.Restored;
import dev.tocsin.config.Credentials;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.correlate.CorrelatorVerticle;
import dev.tocsin.correlate.SourceWatchVerticle;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.poll.PollerVerticle;
import dev.tocsin.source.CauseMemo;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SourceLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Pollers, correlators and the source watch as a node deploys them, all on one event loop. Thread-safe: counters. */
final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    final Vertx vertx;
    final AtomicLong readyBatches = new AtomicLong();
    final AtomicLong darkBatches = new AtomicLong();
    final AtomicLong deltas = new AtomicLong();

    Fleet(int sources, int port, Duration interval, Duration timeout, MeterRegistry meters) throws Exception {
        this(SourceKind.PROMETHEUS, sources, port, interval, timeout, meters);
    }

    Fleet(SourceKind kind, int sources, int port, Duration interval, Duration timeout, MeterRegistry meters)
            throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Reference.register(vertx);
        vertx.eventBus().<DeltaBatch>consumer(Addresses.BATCHES, message -> count(message.body()));
        List<SourceConfig> configs = new ArrayList<>();
        for (int n = 0; n < sources; n++) {
            configs.add(config(kind, "prom-" + n, "http://127.0.0.1:" + port + "/prom-" + n, interval, timeout));
        }
        Clock clock = Clock.system();
        deploy(new CorrelatorVerticle(job -> OutageRules.DEFAULT, Restored.NOTHING, meters, clock));
        List<Source> all = configs.stream().map(SourceConfig::source).toList();
        deploy(new SourceWatchVerticle(all, "bench", OutageRules.DEFAULT, Restored.NOTHING, clock));
        ScrapeErrors errors = ScrapeErrors.load();
        for (SourceConfig config : configs) {
            deploy(new PollerVerticle(
                    config,
                    SourceLimits.DEFAULT,
                    HealthRules.DEFAULT,
                    new CauseMemo(errors),
                    1,
                    List.of(),
                    List.of(),
                    Instant.EPOCH,
                    sources,
                    meters,
                    clock));
        }
    }

    void deploy(io.vertx.core.Deployable verticle) throws Exception {
        vertx.deployVerticle(verticle).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void count(DeltaBatch batch) {
        (batch.state().votes() ? readyBatches : darkBatches).incrementAndGet();
        deltas.addAndGet(batch.deltas().size());
    }

    static SourceConfig config(String name, String url, Duration interval, Duration timeout) {
        return config(SourceKind.PROMETHEUS, name, url, interval, timeout);
    }

    private static SourceConfig config(SourceKind kind, String name, String url, Duration interval, Duration timeout) {
        return new SourceConfig(
                new Source(name, name, kind),
                URI.create(url),
                interval,
                timeout,
                new Credentials.None(),
                TlsConfig.DEFAULT,
                Map.of(),
                null,
                Map.of(),
                null,
                TraefikConfig.NONE);
    }

    /** Waits for something that will come. */
    static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
