package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Broken;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TraefikAnswers;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikMemo;
import dev.tocsin.source.TraefikMetrics;
import dev.tocsin.source.TraefikPaths;
import dev.tocsin.source.TraefikPing;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikServers;
import dev.tocsin.source.TraefikService;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one Traefik one round of questions, one after another. Confined: its poller.
 *
 * <p>Metrics, lists, metrics: a reload in between makes every server UP in the lists, and the round is asked again.
 */
final class TraefikAsker implements Asker {
    private static final Logger LOG = LoggerFactory.getLogger(TraefikAsker.class);

    private static final int ATTEMPTS_MAX = 3;
    private static final int PING_SHARE = 4;

    private final String source;
    private final SourceClient api;
    private final SourceClient metrics;
    private final String metricsPath;
    private final @Nullable SourceClient ping;
    private final String pingPath;
    private final TraefikServers servers;
    private final TraefikMemo memo = new TraefikMemo();
    private final SourceLimits limits;
    private final Clock clock;
    private final TraefikAsides asides;
    private boolean hasMetrics = true;
    private @Nullable TraefikRound last;

    TraefikAsker(Vertx vertx, SourceConfig config, SourceLimits limits, Clock clock) {
        this.source = config.source().name();
        this.api = new SourceClient(vertx, config, clock);
        this.metrics = new SourceClient(vertx, config.ofMetrics(), clock);
        this.metricsPath = config.traefik().metricsPath();
        this.ping = config.traefik().pingUrl() == null ? null : new SourceClient(vertx, config.ofPing(), clock);
        this.pingPath = config.traefik().pingPath();
        this.servers = new TraefikServers(
                config.source(), config.externalLabels(), config.interval(), config.traefik()::ignores);
        this.limits = limits;
        this.asides = new TraefikAsides(limits, memo);
        this.clock = clock;
    }

    @Override
    public Future<Asked> ask(long poll, Duration deadline) {
        long started = clock.now().monoMillis();
        return ping(deadline).compose(pinged -> attempt(new Answers(poll, started, deadline, pinged), 1));
    }

    /* First, and within a part of the time: an API that hangs would leave it none. */
    private Future<@Nullable Exchange<String>> ping(Duration deadline) {
        if (ping == null) {
            return Future.succeededFuture();
        }
        Duration part = Duration.ofMillis(Math.max(1, deadline.toMillis() / PING_SHARE));
        return ping.ask(new Question<>(pingPath, TraefikAnswers.ping(), part, limits.bodyBytesMax()))
                .map(Fetched::exchange);
    }

    @Override
    public Future<Void> close() {
        Future<Void> pinged = ping == null ? Future.succeededFuture() : ping.close();
        return Future.join(api.close(), metrics.close(), pinged).mapEmpty();
    }

    /** The answers of the last round; null before the first. */
    @Nullable
    TraefikRound last() {
        return last;
    }

    private Future<Asked> attempt(Answers answers, int number) {
        return lists(answers).compose(v -> {
            TraefikRound round = answers.round();
            boolean again = round.torn() && number < ATTEMPTS_MAX && answers.left() > 0;
            return again ? attempt(answers.again(), number + 1) : aside(answers, round);
        });
    }

    private Future<Asked> aside(Answers answers, TraefikRound round) {
        TraefikAsides.Door door = new TraefikAsides.Door() {
            @Override
            public <T> Future<Exchange<T>> ask(String path, BodyDecoder<T> decoder) {
                return TraefikAsker.this.ask(answers, path, decoder).map(Fetched::exchange);
            }
        };
        return asides.of(round, door).map(told -> asked(answers, round.with(told)));
    }

    private Future<Void> lists(Answers answers) {
        return metrics(answers, TraefikAnswers.metrics(memo))
                .compose(before -> {
                    answers.before = before;
                    return ask(
                            answers, TraefikPaths.HTTP_SERVICES, TraefikAnswers.services(Protocol.HTTP, limits, memo));
                })
                .compose(http -> {
                    answers.took(http);
                    return http.exchange() instanceof Exchange.Answered<?>
                            ? rest(answers)
                            : Future.<Void>succeededFuture();
                });
    }

    private Future<Void> rest(Answers answers) {
        return ask(answers, TraefikPaths.TCP_SERVICES, TraefikAnswers.services(Protocol.TCP, limits, memo))
                .compose(tcp -> {
                    answers.tcp = tcp.exchange();
                    return ask(answers, TraefikPaths.BROKEN_ROUTERS, TraefikAnswers.broken(Broken.ROUTER));
                })
                .compose(broken -> {
                    answers.broken = broken.exchange();
                    return TraefikRound.noRouters(answers.http, answers.tcp)
                            ? ask(answers, TraefikPaths.OVERVIEW, TraefikAnswers.otherRouters())
                                    .onSuccess(other -> answers.otherRouters = other.exchange())
                                    .<Void>mapEmpty()
                            : Future.<Void>succeededFuture();
                })
                .compose(v -> ask(answers, TraefikPaths.VERSION, TraefikAnswers.version()))
                .compose(version -> {
                    answers.version = version.exchange();
                    return answers.before instanceof Exchange.Answered<?>
                            ? metrics(answers, TraefikAnswers.reloads(memo))
                                    .onSuccess(after -> answers.after = after)
                                    .<Void>mapEmpty()
                            : Future.<Void>succeededFuture();
                });
    }

    private Asked asked(Answers answers, TraefikRound round) {
        last = round;
        told(round);
        PollResult result = TraefikPing.judge(servers.read(round), answers.ping);
        long millis = round.at().monoMillis() - answers.started;
        return new Asked(result, Outcome.of(round.http(), result, millis, answers.bytes), answers.bytes);
    }

    /* Not each round: an operator who has turned them off knows. Not the first: a single look has its report. */
    private void told(TraefikRound round) {
        boolean now = round.before() instanceof Exchange.Answered<?>;
        if (round.poll() > 1 && round.http() instanceof Exchange.Answered<?> && now != hasMetrics) {
            hasMetrics = now;
            LOG.atInfo()
                    .addKeyValue("source", source)
                    .addKeyValue("detail", round.noMetrics())
                    .log(now ? "reloads can be seen again" : "reloads cannot be seen, recoveries are believed later");
        }
    }

    private Future<Exchange<TraefikMetrics>> metrics(Answers answers, BodyDecoder<TraefikMetrics> page) {
        return ask(metrics, answers, metricsPath, page).map(Fetched::exchange);
    }

    private <T> Future<Fetched<T>> ask(Answers answers, String path, BodyDecoder<T> decoder) {
        return ask(api, answers, path, decoder);
    }

    private <T> Future<Fetched<T>> ask(SourceClient client, Answers answers, String path, BodyDecoder<T> decoder) {
        long left = answers.left();
        return left > 0
                ? client.ask(new Question<>(path, decoder, Duration.ofMillis(left), limits.bodyBytesMax()))
                : Future.succeededFuture(
                        new Fetched<>(new Exchange.Failed<>(Why.TIMEOUT, path + ": no time left to ask"), 0, 0));
    }

    /** The answers so far. Confined: the round. */
    private final class Answers {
        private final long poll;
        private final long started;
        private final Duration deadline;
        private final @Nullable Exchange<String> ping;
        private Exchange<TraefikMetrics> before = new Exchange.Failed<>(Why.NOT_ASKED, "");
        private Exchange<List<TraefikService>> http = new Exchange.Failed<>(Why.NOT_ASKED, "");
        private @Nullable Exchange<List<TraefikService>> tcp;
        private @Nullable Exchange<List<Broken>> broken;
        private @Nullable Exchange<Boolean> otherRouters;
        private @Nullable Exchange<TraefikVersion> version;
        private @Nullable Exchange<TraefikMetrics> after;
        private long bytes;

        Answers(long poll, long started, Duration deadline, @Nullable Exchange<String> ping) {
            this.poll = poll;
            this.started = started;
            this.deadline = deadline;
            this.ping = ping;
        }

        Answers again() {
            return new Answers(poll, started, deadline, ping);
        }

        long left() {
            return deadline.toMillis() - (clock.now().monoMillis() - started);
        }

        void took(Fetched<List<TraefikService>> fetched) {
            http = fetched.exchange();
            bytes = fetched.bytes();
        }

        TraefikRound round() {
            return new TraefikRound(
                    poll, clock.now(), before, http, tcp, broken, otherRouters, version, after, TraefikAside.NONE);
        }
    }
}
