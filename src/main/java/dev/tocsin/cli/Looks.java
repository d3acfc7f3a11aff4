package dev.tocsin.cli;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.poll.OneLook;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.ServerLook;
import dev.tocsin.triage.Report;
import dev.tocsin.triage.Seen;
import dev.tocsin.triage.SourceTriage;
import dev.tocsin.triage.Triage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Looks at all sources side by side, each on an event loop of its own. Stateless. */
final class Looks {
    /* The questions end by themselves within the time; this is for those that cannot be asked in less than a second. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private Looks() {}

    /** Blocks until all have answered, or the time is up. */
    static Report at(TocsinConfig config, Duration timeout) throws ExecutionException, InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        try {
            Clock clock = Clock.system();
            List<Future<Seen>> looks = config.sources().stream()
                    .map(source -> look(vertx, source, config, timeout, clock))
                    .toList();
            /* The rules are read while the servers answer. */
            ScrapeErrors errors = ScrapeErrors.load();
            Future.join(looks).toCompletionStage().toCompletableFuture().get();
            List<Seen> seen = looks.stream().map(Future::result).toList();
            return Triage.report(seen, config.rules(), errors, clock.now().wall());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static Future<Seen> look(
            Vertx vertx, SourceConfig source, TocsinConfig config, Duration timeout, Clock clock) {
        Looking looking = new Looking(source, config, timeout, clock);
        return vertx.deployVerticle(looking)
                .compose(id -> looking.looked.future())
                .timeout(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> late instanceof java.util.concurrent.TimeoutException
                        ? Future.succeededFuture(late(timeout, clock))
                        : Future.failedFuture(late))
                .map(look -> new Seen(source.source(), source.url().toString(), look));
    }

    private static ServerLook late(Duration timeout, Clock clock) {
        return ServerLook.none(new PollResult.Dark(
                1,
                clock.now(),
                SourceState.BLIND,
                SourceState.Why.TIMEOUT,
                "no answer within " + timeout.toMillis() + " ms"));
    }

    /** One look, on the event loop that it is given. */
    private static final class Looking extends VerticleBase {
        private final SourceConfig source;
        private final TocsinConfig config;
        private final Duration timeout;
        private final Clock clock;
        private final Promise<ServerLook> looked = Promise.promise();

        Looking(SourceConfig source, TocsinConfig config, Duration timeout, Clock clock) {
            this.source = source;
            this.config = config;
            this.timeout = timeout;
            this.clock = clock;
        }

        @Override
        public Future<?> start() {
            OneLook.at(vertx, source, config.limits(), SourceTriage.metricsWanted(), timeout, clock)
                    .onComplete(looked);
            return Future.succeededFuture();
        }
    }
}
