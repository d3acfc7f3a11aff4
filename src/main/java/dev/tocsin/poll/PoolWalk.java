package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.PrometheusAnswers;
import dev.tocsin.source.PrometheusPaths;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TargetsByPool;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One target list, asked for pool by pool, one after another. Confined: its poller. Used once.
 *
 * <p>All or nothing: a pool that does not answer fails the whole list, for what it lacks would pass for absent.
 */
final class PoolWalk {
    /* Each question has the deadline of a round; all together have three, as the interval is three times the answer. */
    private static final int DEADLINES = 3;

    private final SourceClient client;
    private final TargetsByPool targets;
    private final SourceLimits limits;
    private final Clock clock;
    private final Duration deadline;
    private final Moment started;
    private final Promise<End> ended = Promise.promise();
    private List<String> pools = List.of();
    private Exchange.@Nullable Answered<List<String>> list;
    /* The pool list is dated before the first target is read, so no age is overstated; and it is small, so that our clock
     * at its end and the server's at its beginning are the same moment. */
    private @Nullable Moment dated;
    private int asked;
    private long bytes;

    /** How a walk ended. */
    sealed interface End {
        /** With a list, or the first failure. */
        record Told(Listed listed) implements End {}

        /** The server has no list of its pools. */
        record NotOffered() implements End {}

        /** The server does not keep to the pool that it is asked for. */
        record FilterIgnored() implements End {}
    }

    PoolWalk(SourceClient client, TargetsByPool targets, SourceLimits limits, Clock clock, Duration deadline) {
        this.client = client;
        this.targets = targets;
        this.limits = limits;
        this.clock = clock;
        this.deadline = deadline;
        this.started = clock.now();
    }

    /** Asks; the future never fails but by a bug. */
    Future<End> walk() {
        Question<List<String>> question = new Question<>(
                PrometheusPaths.SCRAPE_POOLS, PrometheusAnswers.scrapePools(), deadline, limits.bodyBytesMax());
        client.ask(question).compose(this::begin).onFailure(ended::tryFail);
        return ended.future();
    }

    private Future<Void> begin(Fetched<List<String>> fetched) {
        if (fetched.exchange() instanceof Exchange.Answered<List<String>> answered) {
            list = answered;
            dated = clock.now();
            pools = new ArrayList<>(new LinkedHashSet<>(answered.body()));
            next();
        } else if (fetched.exchange() instanceof Exchange.Refused<?> refused && refused.status() == 404) {
            ended.complete(new End.NotOffered());
        } else {
            end(failure(fetched.exchange()));
        }
        return Future.succeededFuture();
    }

    /* No chain of futures: it would be as deep as there are pools. */
    private void next() {
        if (asked == pools.size()) {
            finish();
            return;
        }
        long left = DEADLINES * deadline.toMillis() - clock.now().millisSince(started);
        if (left <= 0) {
            end(new Exchange.Failed<>(
                    Why.TIMEOUT,
                    "only " + asked + " of " + pools.size() + " pools within " + DEADLINES * deadline.toMillis()
                            + " ms"));
            return;
        }
        String pool = pools.get(asked++);
        Duration soon = Duration.ofMillis(Math.min(left, deadline.toMillis()));
        client.ask(new Question<>(PrometheusPaths.targetsOf(pool), targets.decoder(pool), soon, limits.bodyBytesMax()))
                .compose(this::took)
                .onFailure(ended::tryFail);
    }

    private Future<Void> took(Fetched<List<Observation>> fetched) {
        bytes += fetched.bytes();
        if (!(fetched.exchange() instanceof Exchange.Answered<?>)) {
            end(fetched.exchange());
        } else if (targets.filterIgnored()) {
            ended.complete(new End.FilterIgnored());
        } else {
            next();
        }
        return Future.succeededFuture();
    }

    private void finish() {
        Instant date = list == null ? null : list.date();
        try {
            end(new Exchange.Answered<>(targets.finish(), date));
        } catch (AnswerRefused refused) {
            end(new Exchange.Failed<>(refused.why(), String.valueOf(refused.getMessage())));
        }
    }

    private void end(Exchange<List<Observation>> exchange) {
        Moment now = clock.now();
        ended.complete(new End.Told(
                new Listed(exchange, list, dated == null ? now : dated, now, bytes, now.millisSince(started))));
    }

    /** The same failure in the place of a target list. */
    private static Exchange<List<Observation>> failure(Exchange<?> exchange) {
        if (exchange instanceof Exchange.Refused<?> refused) {
            return new Exchange.Refused<>(
                    refused.status(),
                    refused.stopping(),
                    refused.retryAfter(),
                    refused.contentType(),
                    refused.bodyStart(),
                    refused.location());
        } else if (exchange instanceof Exchange.Failed<?> failed) {
            return new Exchange.Failed<>(failed.why(), failed.detail());
        }
        throw new IllegalArgumentException("no failure: " + exchange);
    }
}
