package dev.tocsin.correlate;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Moment;
import dev.tocsin.health.WaitClock;
import dev.tocsin.outage.Decided;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A verticle that turns batches and time into decisions on the bus. Confined: its event loop. */
abstract class DecidingVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(DecidingVerticle.class);
    private static final long BEAT_MILLIS = 250; // a stall is noticed from 1 s on: four beats
    private static final int BEATS_PER_TICK = 4;

    final WaitClock waits;
    private final Clock clock;
    private int beats;

    DecidingVerticle(Clock clock) {
        this.waits = clock.waits();
        this.clock = clock;
    }

    /** What a batch leads to. */
    abstract Decided batch(DeltaBatch batch);

    /** What time alone leads to. */
    abstract Decided tick(Moment now);

    @Override
    public Future<?> start() {
        waits.beat(clock.now().monoMillis());
        vertx.setPeriodic(clock.machineMillis(BEAT_MILLIS), timer -> beat());
        return vertx.eventBus()
                .<DeltaBatch>consumer(Addresses.BATCHES, this::take)
                .completion();
    }

    private void take(Message<DeltaBatch> message) {
        waits.beat(clock.now().monoMillis());
        guarded(() -> batch(message.body()));
    }

    private void beat() {
        Moment now = clock.now();
        waits.beat(now.monoMillis());
        if (++beats % BEATS_PER_TICK == 0) {
            guarded(() -> tick(now));
        }
    }

    /* A bug in a decision must not end the watch over all other jobs: it is told, with its trace, and we go on. */
    private void guarded(Supplier<Decided> decision) {
        Decided decided;
        try {
            decided = decision.get();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("a decision failed; this is a bug");
            return;
        }
        if (!decided.nothing()) {
            vertx.eventBus().publish(Addresses.DECISIONS, decided);
        }
    }
}
