package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.PrometheusAnswers;
import dev.tocsin.source.PrometheusPaths;
import dev.tocsin.source.PrometheusQueries;
import dev.tocsin.source.PrometheusTargets;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.SelfMetrics;
import dev.tocsin.source.ServerLook;
import dev.tocsin.source.SourceLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks one source once all that a person would want to know, the targets first. Confined: one event loop. Used once.
 *
 * <p>One request at a time, as a poller. What is not answered within the time is left out.
 */
public final class OneLook {
    /* The rest is for what is asked besides: readiness where there is no list, else the server's own state. */
    private static final double SHARE_OF_TARGETS = 0.6;
    private static final long LEFT_MILLIS_MIN = 50;

    private final SourceLimits limits;
    private final Clock clock;
    private final SourceClient client;
    private final PrometheusAsker asker;
    private final Predicate<String> metricsWanted;
    private final Duration timeout;
    private final long startMillis;
    private @Nullable Exchange<String> version;
    private @Nullable Exchange<List<String>> configuredJobs;
    private @Nullable Exchange<SelfMetrics> metrics;
    private @Nullable Exchange<QueryResult> withoutSamples;
    private @Nullable Exchange<QueryResult> instancesBefore;
    private @Nullable Exchange<QueryResult> lastUp;
    private Duration lastUpStep = Duration.ZERO;
    private @Nullable Exchange<QueryResult> restarts;
    private @Nullable Exchange<QueryResult> seriesGrowth;

    private OneLook(
            Vertx vertx,
            SourceConfig config,
            SourceLimits limits,
            Predicate<String> metricsWanted,
            Duration timeout,
            Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.client = new SourceClient(vertx, config, clock);
        PrometheusTargets known = new PrometheusTargets(config.source(), config.externalLabels(), limits);
        TargetsAsker targets =
                new TargetsAsker(config.source().name(), client, known, limits, clock, Stride.Lines.DEFAULT);
        this.asker = new PrometheusAsker(client, targets, limits, clock);
        this.metricsWanted = metricsWanted;
        this.timeout = timeout;
        this.startMillis = clock.now().monoMillis();
    }

    /**
     * Looks; the future never fails but by a bug.
     *
     * @param metricsWanted which of the server's own metrics are of interest
     * @param timeout of all questions together
     */
    public static Future<ServerLook> at(
            Vertx vertx,
            SourceConfig config,
            SourceLimits limits,
            Predicate<String> metricsWanted,
            Duration timeout,
            Clock clock) {
        return switch (config.source().kind()) {
            case PROMETHEUS -> {
                OneLook look = new OneLook(vertx, config, limits, metricsWanted, timeout, clock);
                yield look.ask().eventually(look.client::close);
            }
            case TRAEFIK -> traefik(new TraefikAsker(vertx, config, limits, clock), timeout);
        };
    }

    /* A round of its poller is all that there is to ask. */
    private static Future<ServerLook> traefik(TraefikAsker asker, Duration timeout) {
        return asker.ask(1, timeout)
                .map(asked -> ServerLook.of(asked.result(), asker.last()))
                .eventually(asker::close);
    }

    private Future<ServerLook> ask() {
        Duration first = Duration.ofMillis(Math.max(1, (long) (SHARE_OF_TARGETS * timeout.toMillis())));
        return asker.ask(1, first).map(Asked::result).compose(result -> {
            Future<Void> more = result instanceof PollResult.Answered answered ? more(answered) : aboutItself();
            return more.map(v -> new ServerLook(
                    result,
                    version,
                    configuredJobs,
                    metrics,
                    withoutSamples,
                    instancesBefore,
                    lastUp,
                    lastUpStep,
                    restarts,
                    seriesGrowth));
        });
    }

    /* What is cheap and says most comes first; the queries come last. */
    private Future<Void> more(PollResult.Answered answered) {
        return aboutItself()
                .compose(v -> ask(PrometheusPaths.CONFIG, PrometheusAnswers.configuredJobs()))
                .compose(jobs -> {
                    configuredJobs = jobs;
                    return query(PrometheusQueries.UP_WITHOUT_SAMPLES);
                })
                .compose(empty -> {
                    withoutSamples = empty;
                    /* A server that has no query API has none for the next question either. */
                    return empty instanceof Exchange.Answered<?> ? history(answered) : Future.<Void>succeededFuture();
                });
    }

    /* Last what costs the server most. */
    private Future<Void> history(PollResult.Answered answered) {
        return query(PrometheusQueries.INSTANCES_AN_HOUR_AGO)
                .compose(before -> {
                    instancesBefore = before;
                    return ownHistory();
                })
                .compose(v -> lastUp(answered));
    }

    private Future<Void> ownHistory() {
        OptionalDouble start = metrics instanceof Exchange.Answered<SelfMetrics> page
                ? page.body().value("process_start_time_seconds")
                : OptionalDouble.empty();
        if (start.isEmpty()) {
            return Future.succeededFuture();
        }
        return query(PrometheusQueries.restarts(start.getAsDouble()))
                .compose(changes -> {
                    restarts = changes;
                    return query(PrometheusQueries.seriesGrowth(start.getAsDouble()));
                })
                .onSuccess(growth -> seriesGrowth = growth)
                .mapEmpty();
    }

    private Future<Void> lastUp(PollResult.Answered answered) {
        Map<String, Integer> jobs = jobsWithTargetsDown(answered);
        if (jobs.isEmpty()) {
            return Future.succeededFuture();
        }
        PrometheusQueries.LastUpQuery query = PrometheusQueries.lastUp(jobs);
        lastUpStep = query.step();
        return query(query.promql()).onSuccess(up -> lastUp = up).mapEmpty();
    }

    /** What a server answers also while it starts. */
    private Future<Void> aboutItself() {
        return ask(PrometheusPaths.BUILD_INFO, PrometheusAnswers.version())
                .compose(told -> {
                    version = told;
                    return ask(PrometheusPaths.METRICS, PrometheusAnswers.metrics(metricsWanted));
                })
                .onSuccess(page -> metrics = page)
                .mapEmpty();
    }

    /** The instances of each job that has some down. */
    private static Map<String, Integer> jobsWithTargetsDown(PollResult.Answered answered) {
        Map<String, Integer> instances = new HashMap<>();
        Set<String> down = new HashSet<>();
        for (Observation seen : answered.observations()) {
            String job = seen.target().job();
            instances.merge(job, 1, Integer::sum);
            if (seen.reading() == Observation.Reading.DOWN) {
                down.add(job);
            }
        }
        instances.keySet().retainAll(down);
        return instances;
    }

    private Future<@Nullable Exchange<QueryResult>> query(String promql) {
        return ask(left -> PrometheusPaths.query(promql, left), PrometheusAnswers.vector());
    }

    private <T> Future<@Nullable Exchange<T>> ask(String path, BodyDecoder<T> decoder) {
        return ask(left -> path, decoder);
    }

    /** Asks when there is time; null when not. */
    private <T> Future<@Nullable Exchange<T>> ask(Function<Duration, String> path, BodyDecoder<T> decoder) {
        long left = timeout.toMillis() - (clock.now().monoMillis() - startMillis);
        if (left < LEFT_MILLIS_MIN) {
            return Future.succeededFuture();
        }
        Duration deadline = Duration.ofMillis(left);
        return client.ask(new Question<>(path.apply(deadline), decoder, deadline, limits.bodyBytesMax()))
                .map(Fetched::exchange);
    }
}
