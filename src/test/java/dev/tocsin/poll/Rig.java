package dev.tocsin.poll;

import static org.awaitility.Awaitility.await;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Reference;
import dev.tocsin.config.Credentials;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.health.CauseReader;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SourceLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Vert.x of its own with pollers on it, and all that they found and told. Thread-safe: concurrent lists. */
final class Rig implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMillis(100);
    /** For tests of the deadline itself. */
    static final Duration TIMEOUT = Duration.ofMillis(600);

    /** For all others: a busy machine is no fault of the source. */
    static final Duration PATIENT = Duration.ofSeconds(20);

    static final SourceLimits LIMITS = new SourceLimits(32 << 20, 1_000, 4 << 10);

    private static final CauseReader CAUSES = ScrapeErrors.load();

    final Vertx vertx;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<PollResult> results = new CopyOnWriteArrayList<>();
    final List<DeltaBatch> batches = new CopyOnWriteArrayList<>();
    final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

    Rig() {
        this(new VertxOptions());
    }

    Rig(VertxOptions options) {
        this.vertx = Vertx.vertx(options);
        vertx.exceptionHandler(uncaught::add);
        Reference.register(vertx);
        vertx.eventBus().<DeltaBatch>consumer(Addresses.BATCHES, message -> batches.add(message.body()));
    }

    static SourceConfig config(String name, String url) {
        return new SourceConfig(
                new Source(name, "lab", SourceKind.PROMETHEUS),
                URI.create(url),
                INTERVAL,
                PATIENT,
                new Credentials.None(),
                TlsConfig.DEFAULT,
                Map.of(),
                null,
                Map.of(),
                null,
                TraefikConfig.NONE);
    }

    static SourceConfig config(ScriptedServer server) {
        return config("prom-a", "http://127.0.0.1:" + server.port());
    }

    static SourceConfig with(SourceConfig c, Duration timeout) {
        return with(c, c.interval(), timeout, c.credentials(), c.tls());
    }

    static SourceConfig every(SourceConfig c, Duration interval) {
        return with(c, interval, c.timeout(), c.credentials(), c.tls());
    }

    static SourceConfig with(SourceConfig c, Credentials credentials) {
        return with(c, c.interval(), c.timeout(), credentials, c.tls());
    }

    static SourceConfig with(SourceConfig c, TlsConfig tls) {
        return with(c, c.interval(), c.timeout(), c.credentials(), tls);
    }

    private static SourceConfig with(
            SourceConfig c, Duration interval, Duration timeout, Credentials credentials, TlsConfig tls) {
        return new SourceConfig(
                c.source(),
                c.url(),
                interval,
                timeout,
                credentials,
                tls,
                c.headers(),
                c.proxy(),
                c.externalLabels(),
                c.hostHeader(),
                c.traefik());
    }

    String poll(SourceConfig config) {
        return poll(config, LIMITS, Clock.system());
    }

    /** Deploys a poller; its deployment id. */
    String poll(SourceConfig config, SourceLimits limits, Clock clock) {
        return poll(config, limits, Stride.Lines.DEFAULT, clock);
    }

    String poll(SourceConfig config, SourceLimits limits, Stride.Lines lines, Clock clock) {
        PollerVerticle poller = new PollerVerticle(
                config,
                limits,
                waits -> {
                    HealthTable table = new HealthTable(config.source(), HealthRules.DEFAULT, CAUSES, waits, 1);
                    return (result, interval) -> {
                        results.add(result);
                        return table.poll(result, interval);
                    };
                },
                lines,
                1,
                meters,
                clock);
        return join(vertx.deployVerticle(poller));
    }

    /** Polls until so many rounds have been told, then no more; what they told. */
    List<DeltaBatch> told(SourceConfig config, Clock clock, int rounds) {
        int from = batches.size();
        String poller = poll(config, LIMITS, clock);
        await().atMost(Duration.ofSeconds(60)).until(() -> batches.size() >= from + rounds);
        join(vertx.undeploy(poller));
        return batches.subList(from, from + rounds);
    }

    static <T> T join(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** The first result from {@code from} on that is as wanted. */
    PollResult result(int from, Predicate<PollResult> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> results.stream().skip(from).filter(wanted).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    PollResult.Answered answered(int from) {
        return (PollResult.Answered) result(from, PollResult.Answered.class::isInstance);
    }

    PollResult.Dark dark(int from) {
        return (PollResult.Dark) result(from, PollResult.Dark.class::isInstance);
    }

    @Override
    public void close() {
        join(vertx.close());
    }
}
