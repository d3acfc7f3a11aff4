package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.DroppedCounts;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.PrometheusAnswers;
import dev.tocsin.source.PrometheusPaths;
import dev.tocsin.source.PrometheusReader;
import dev.tocsin.source.PrometheusRound;
import dev.tocsin.source.RuntimeFacts;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.WalReplay;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one Prometheus one round of questions, one after another. Confined: its poller.
 *
 * <p>First the targets, then the start time, then the pools: a restart in between then shows as a new start with an old
 * list, which is harmless; the other way round an old start would vouch for a new server's empty list. A source that is
 * asked pool by pool tells its pools first: also of a walk the start time is the last word.
 */
final class PrometheusAsker implements Asker {
    private static final Duration SIDE_MIN = Duration.ofSeconds(1);
    private static final Duration READY_MAX = Duration.ofSeconds(2);
    private static final long DROPPED_EVERY_MILLIS = 60_000;

    private final SourceClient client;
    private final TargetsAsker targets;
    private final SourceLimits limits;
    private final Clock clock;
    private long droppedAskedMillis;
    private boolean droppedAsked;

    PrometheusAsker(SourceClient client, TargetsAsker targets, SourceLimits limits, Clock clock) {
        this.client = client;
        this.targets = targets;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    @Override
    public Future<Asked> ask(long poll, Duration deadline) {
        return targets.ask(deadline).compose(listed -> {
            Answers answers = new Answers(poll, listed);
            long left = deadline.toMillis() - listed.millis();
            Duration side = min(deadline, max(Duration.ofMillis(left), SIDE_MIN));
            return sides(answers, side).map(v -> {
                if (listed.targets() instanceof Exchange.Answered<List<Observation>> list) {
                    targets.saw(list.body().size(), answers.pools instanceof Exchange.Answered<?>);
                }
                return answers.asked();
            });
        });
    }

    private Future<Void> sides(Answers answers, Duration deadline) {
        if (!(answers.listed.targets() instanceof Exchange.Answered<?>)) {
            return readiness(answers, deadline);
        }
        return ask(PrometheusPaths.RUNTIME_INFO, PrometheusAnswers.runtimeInfo(), deadline)
                .compose(runtime -> {
                    answers.runtime = runtime;
                    return runtime instanceof Exchange.Answered<?>
                            ? pools(answers, deadline)
                            : readiness(answers, deadline);
                });
    }

    private Future<Void> pools(Answers answers, Duration deadline) {
        if (answers.pools != null) {
            return droppedDue() ? dropped(answers, deadline) : Future.succeededFuture();
        }
        return ask(PrometheusPaths.SCRAPE_POOLS, PrometheusAnswers.scrapePools(), deadline)
                .compose(pools -> {
                    answers.pools = pools;
                    /* A server that does not offer its pools would answer with all dropped targets. */
                    return pools instanceof Exchange.Answered<?> && droppedDue()
                            ? dropped(answers, deadline)
                            : Future.<Void>succeededFuture();
                });
    }

    private boolean droppedDue() {
        return !droppedAsked || clock.now().monoMillis() - droppedAskedMillis >= DROPPED_EVERY_MILLIS;
    }

    private Future<Void> dropped(Answers answers, Duration deadline) {
        droppedAsked = true;
        droppedAskedMillis = clock.now().monoMillis();
        return ask(PrometheusPaths.DROPPED_COUNTS, PrometheusAnswers.droppedCounts(), deadline)
                .onSuccess(dropped -> answers.dropped = dropped)
                .mapEmpty();
    }

    private Future<Void> readiness(Answers answers, Duration deadline) {
        if (!PrometheusReader.asksReadiness(answers.listed.targets(), answers.runtime)) {
            return Future.succeededFuture();
        }
        Duration soon = min(deadline, READY_MAX);
        return ask(PrometheusPaths.READY, PrometheusAnswers.text(), soon).compose(ready -> {
            answers.ready = ready;
            return ready instanceof Exchange.Refused<?>
                    ? ask(PrometheusPaths.WAL_REPLAY, PrometheusAnswers.walReplay(), soon)
                            .onSuccess(wal -> answers.wal = wal)
                            .<Void>mapEmpty()
                    : Future.<Void>succeededFuture();
        });
    }

    private <T> Future<Exchange<T>> ask(String path, BodyDecoder<T> decoder, Duration deadline) {
        return client.ask(new Question<>(path, decoder, deadline, limits.bodyBytesMax()))
                .map(Fetched::exchange);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The answers so far. Confined: the round. */
    private static final class Answers {
        private final long poll;
        private final Listed listed;
        private @Nullable Exchange<RuntimeFacts> runtime;
        private @Nullable Exchange<List<String>> pools;
        private @Nullable Exchange<DroppedCounts> dropped;
        private @Nullable Exchange<String> ready;
        private @Nullable Exchange<WalReplay> wal;

        Answers(long poll, Listed listed) {
            this.poll = poll;
            this.listed = listed;
            this.pools = listed.pools();
        }

        Asked asked() {
            PollResult result = PrometheusReader.read(new PrometheusRound(
                    poll, listed.at(), listed.dated(), listed.targets(), runtime, pools, dropped, ready, wal));
            Outcome outcome = Outcome.of(listed.targets(), result, listed.millis(), listed.bytes());
            return new Asked(result, outcome, listed.bytes());
        }
    }
}
