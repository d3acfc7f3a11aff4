package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.PollResult.Dark;
import dev.tocsin.health.PollResult.ServerFacts;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a Prometheus is from the answers of one round. Stateless.
 *
 * <p>What it cannot tell from one round is not told here: warming, frozen, suspect and ready are for the table that
 * remembers.
 */
public final class PrometheusReader {
    private PrometheusReader() {}

    /**
     * Whether {@code /-/ready} and walreplay are worth asking: only they tell starting, reloading and stopping from
     * broken. Neither blocks during a reload (measured: under 50 ms).
     */
    public static boolean asksReadiness(Exchange<?> targets, @Nullable Exchange<?> runtime) {
        return mayBeStarting(targets) || runtime != null && mayBeStarting(runtime);
    }

    /** What the round brought. */
    public static PollResult read(PrometheusRound round) {
        if (!(round.targets() instanceof Exchange.Answered<List<Observation>> targets)) {
            return dark(round, round.targets());
        }
        /* A 503 of runtimeinfo after a target list: the server went down (or came up again) in between. That list is of
         * the past, and empty or unknown lists of a server that starts are not to be believed. */
        if (round.runtime() instanceof Exchange.Refused<RuntimeFacts> refused && refused.status() == 503) {
            return dark(round, refused);
        }
        return new Answered(
                round.poll(), round.at(), sourceTime(round, targets), round.dated(), facts(round), targets.body());
    }

    private static boolean mayBeStarting(Exchange<?> exchange) {
        return exchange instanceof Exchange.Refused<?> refused && refused.status() == 503 && !refused.stopping()
                || exchange instanceof Exchange.Failed<?> failed && failed.why() == Why.TIMEOUT;
    }

    /**
     * What else the server says. A runtimeinfo that failed leaves {@code startTime} null, and null is "nobody knows", never
     * "unchanged": a table must not take absences of such a round as evidence.
     */
    private static ServerFacts facts(PrometheusRound round) {
        RuntimeFacts runtime = bodyOf(round.runtime());
        DroppedCounts dropped = bodyOf(round.dropped());
        return new ServerFacts(
                runtime == null ? null : runtime.startTime(),
                runtime == null ? null : runtime.reloadSucceeded(),
                bodyOf(round.pools()),
                dropped == null ? null : dropped.byPool());
    }

    private static Instant sourceTime(PrometheusRound round, Exchange.Answered<?> targets) {
        Instant date = targets.date();
        if (date != null) {
            return date;
        }
        RuntimeFacts runtime = bodyOf(round.runtime());
        Instant serverTime = runtime == null ? null : runtime.serverTime();
        return serverTime != null
                ? serverTime.minusMillis(round.at().millisSince(round.dated()))
                : round.dated().wall();
    }

    private static Dark dark(PrometheusRound round, Exchange<?> exchange) {
        if (exchange instanceof Exchange.Refused<?> refused) {
            return refused.status() == 503 ? unavailable(round, refused) : blind(round, StatusText.of(refused));
        }
        Exchange.Failed<?> failed = (Exchange.Failed<?>) exchange;
        return failed.why() == Why.TIMEOUT ? timedOut(round, failed) : blind(round, failed);
    }

    private static Dark unavailable(PrometheusRound round, Exchange.Refused<?> refused) {
        if (refused.stopping() || saysStopping(round.ready())) {
            return told(round, SourceState.STOPPING, Why.DRAINING, "it is shutting down");
        }
        if (notReady(round.ready()) && !isRefused(round.walReplay())) {
            return told(round, SourceState.STARTING, Why.WAL_REPLAY, replay(round));
        }
        /* Ready but 503, or 503 even on walreplay, which a starting server answers: that is not the server speaking. */
        return blind(round, StatusText.of(refused));
    }

    private static Dark timedOut(PrometheusRound round, Exchange.Failed<?> failed) {
        if (saysStopping(round.ready())) {
            return told(round, SourceState.STOPPING, Why.DRAINING, "it is shutting down");
        }
        if (round.ready() instanceof Exchange.Answered<String>) {
            return told(
                    round,
                    SourceState.RELOADING,
                    Why.TIMEOUT,
                    failed.detail()
                            + "; it says it is ready: reloading its configuration, or slower than our deadline");
        }
        if (notReady(round.ready()) && round.walReplay() instanceof Exchange.Answered<WalReplay>) {
            return told(round, SourceState.STARTING, Why.WAL_REPLAY, replay(round));
        }
        return blind(round, failed);
    }

    private static Dark blind(PrometheusRound round, Exchange.Failed<?> failed) {
        return told(round, SourceState.BLIND, failed.why(), failed.detail());
    }

    private static Dark told(PrometheusRound round, SourceState state, Why why, String detail) {
        return new Dark(round.poll(), round.at(), state, why, detail);
    }

    private static String replay(PrometheusRound round) {
        WalReplay replay = bodyOf(round.walReplay());
        return replay == null ? "not ready yet" : replay.progress();
    }

    private static boolean notReady(@Nullable Exchange<String> ready) {
        return ready instanceof Exchange.Refused<String> refused && refused.status() == 503;
    }

    private static boolean saysStopping(@Nullable Exchange<String> ready) {
        return ready instanceof Exchange.Refused<String> refused && refused.status() == 503 && refused.stopping();
    }

    private static boolean isRefused(@Nullable Exchange<?> exchange) {
        return exchange instanceof Exchange.Refused<?>;
    }

    private static <T> @Nullable T bodyOf(@Nullable Exchange<T> exchange) {
        return exchange instanceof Exchange.Answered<T> answered ? answered.body() : null;
    }
}
