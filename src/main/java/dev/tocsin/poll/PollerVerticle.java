package dev.tocsin.poll;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.health.CauseReader;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.PrometheusTargets;
import dev.tocsin.source.SourceLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one source, round after round, and tells what changed. Confined: its event loop. Deploying it means owning the
 * source.
 *
 * <p>One round at a time: the next is planned when the last has ended, so an answer never meets a later one.
 */
public final class PollerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PollerVerticle.class);

    private static final long BEAT_MILLIS = 250;

    private final SourceConfig config;
    private final SourceLimits limits;
    private final Stride.Lines lines;
    private final Clock clock;
    private final WaitClock waits;
    private final Table table;
    private final Rounds rounds;
    private final PollMeters meters;
    private final int sources;
    private @Nullable Asker asker;
    private boolean stopped;
    private long polls;
    private SourceState toldState = SourceState.BLIND;
    private SourceState.@Nullable Why toldWhy = SourceState.Why.NOT_ASKED;

    /**
     * @param epoch of this process
     * @param remembered last states of the targets of this source, from the log
     * @param rememberedFindings last states of the findings about this source
     * @param observedUntil up to when the log says it was seen through; the start of the epoch 1970 when never
     * @param sources that start together, this one among them: their first rounds are spread
     */
    public PollerVerticle(
            SourceConfig config,
            SourceLimits limits,
            HealthRules rules,
            CauseReader causes,
            long epoch,
            List<HealthDelta> remembered,
            List<Finding> rememberedFindings,
            Instant observedUntil,
            int sources,
            MeterRegistry meters,
            Clock clock) {
        this(
                config,
                limits,
                waits -> {
                    HealthTable table = new HealthTable(config.source(), rules, causes, waits, epoch);
                    table.restore(remembered, rememberedFindings, observedUntil);
                    return table::poll;
                },
                Stride.Lines.DEFAULT,
                sources,
                meters,
                clock);
    }

    PollerVerticle(
            SourceConfig config,
            SourceLimits limits,
            Function<WaitClock, Table> table,
            Stride.Lines lines,
            int sources,
            MeterRegistry meters,
            Clock clock) {
        this.config = config;
        this.limits = limits;
        this.lines = lines;
        this.sources = sources;
        this.clock = clock;
        this.waits = clock.waits();
        this.table = table.apply(waits);
        Schedule schedule = new Schedule(config.source().name(), config.interval(), config.timeout());
        this.rounds = new Rounds(schedule, waits);
        this.meters = new PollMeters(meters, config.source().name());
    }

    @Override
    public Future<?> start() {
        asker = asker();
        vertx.setPeriodic(
                clock.machineMillis(BEAT_MILLIS), t -> waits.beat(clock.now().monoMillis()));
        plan(rounds.first(beat().monoMillis(), sources));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return asker == null ? Future.succeededFuture() : asker.close();
    }

    private Asker asker() {
        return switch (config.source().kind()) {
            case PROMETHEUS -> {
                PrometheusTargets known = new PrometheusTargets(config.source(), config.externalLabels(), limits);
                SourceClient client = new SourceClient(vertx, config, clock);
                TargetsAsker targets = new TargetsAsker(config.source().name(), client, known, limits, clock, lines);
                yield new PrometheusAsker(client, targets, limits, clock);
            }
            case TRAEFIK -> new TraefikAsker(vertx, config, limits, clock);
        };
    }

    private void plan(Plan plan) {
        long wait = plan.atMillis() - clock.now().monoMillis();
        vertx.setTimer(clock.machineMillis(wait), t -> round(plan.atMillis()));
    }

    private void round(long plannedMillis) {
        if (stopped || asker == null) {
            return;
        }
        long started = beat().monoMillis();
        meters.began(started - plannedMillis);
        ask(asker).onComplete(asked -> ended(asked, started), bug -> failed(bug, started));
    }

    /* What throws before it has asked must not end the rounds of this source either. */
    private Future<Asked> ask(Asker asker) {
        try {
            return asker.ask(polls + 1, rounds.deadline());
        } catch (RuntimeException bug) {
            return Future.failedFuture(bug);
        }
    }

    private void ended(Asked asked, long started) {
        if (stopped) {
            return;
        }
        long now = beat().monoMillis();
        Rounds.Ended round = rounds.ended(asked.outcome(), started, now);
        Plan next = round.next();
        if (!round.counts()) {
            meters.voided();
            plan(next);
            return;
        }
        try {
            told(table.poll(asked.result(), next.interval()));
            measured(asked, now - started, next);
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("source", config.source().name())
                    .setCause(bug)
                    .log("a poll broke");
        } finally {
            polls++;
            plan(next);
        }
    }

    private void failed(Throwable bug, long started) {
        LOG.atError()
                .addKeyValue("source", config.source().name())
                .setCause(bug)
                .log("a round broke");
        if (!stopped) {
            plan(rounds.ended(new Outcome.Dark(), started, beat().monoMillis()).next());
        }
    }

    private void told(DeltaBatch batch) {
        vertx.eventBus().publish(Addresses.BATCHES, batch);
        if (batch.state() != toldState || batch.why() != toldWhy) {
            toldState = batch.state();
            toldWhy = batch.why();
            LOG.atInfo()
                    .addKeyValue("source", batch.source().name())
                    .addKeyValue("state", batch.state().text())
                    .addKeyValue("why", toldWhy == null ? "" : toldWhy.text())
                    .addKeyValue("detail", batch.detail())
                    .addKeyValue("targets", batch.targets())
                    .log("source state changed");
        }
    }

    private void measured(Asked asked, long millis, Plan next) {
        meters.ended(millis, asked.bytes());
        meters.skipped(next.skipped());
        if (asked.result() instanceof PollResult.Dark dark) {
            meters.failed(dark.why());
        }
    }

    private Moment beat() {
        Moment now = clock.now();
        waits.beat(now.monoMillis());
        return now;
    }
}
