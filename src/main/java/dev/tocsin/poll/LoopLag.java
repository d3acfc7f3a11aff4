package dev.tocsin.poll;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late an event loop is: a beat every 50 ms, and how much later it came. Confined: its event loop. Deploy as
 * many instances as there are event loops, one after another: each gets a loop of its own.
 */
public final class LoopLag extends VerticleBase {
    private static final long BEAT_MILLIS = 50;

    private final Timer lag;
    private long lastNanos;

    public LoopLag(MeterRegistry meters) {
        this.lag = Timer.builder("tocsin.loop.lag")
                .description("How much later than due an event loop came to a timer")
                .publishPercentiles(0.5, 0.99)
                .distributionStatisticExpiry(Duration.ofMinutes(2))
                .register(meters);
    }

    @Override
    public Future<?> start() {
        lastNanos = System.nanoTime();
        vertx.setPeriodic(BEAT_MILLIS, t -> beat(System.nanoTime()));
        return Future.succeededFuture();
    }

    private void beat(long nanos) {
        lag.record(Math.max(0, nanos - lastNanos - TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS)), TimeUnit.NANOSECONDS);
        lastNanos = nanos;
    }
}
