package dev.tocsin.log;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Stream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compacts all streams now and then, on a thread of its own. Confined: the log verticle's event loop. */
final class CompactionRounds {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionRounds.class);
    private final Vertx vertx;
    private final WorkerExecutor worker;
    private final Path data;
    private final Storage storage;
    private final LogOptions options;
    private final Clock clock;
    private final Instant from;
    private final Moment began;
    private final LogMeters meters;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Future<?> round = Future.succeededFuture();

    /** @param from it is this time now, at the latest */
    CompactionRounds(
            Vertx vertx,
            WorkerExecutor worker,
            Path data,
            Storage storage,
            LogOptions options,
            Clock clock,
            Instant from,
            LogMeters meters) {
        this.vertx = vertx;
        this.worker = worker;
        this.data = data;
        this.storage = storage;
        this.options = options;
        this.clock = clock;
        this.began = clock.now();
        this.from = from;
        this.meters = meters;
    }

    /** The first round is now; one that still runs when the next is due takes its place. */
    void start() {
        begin();
        vertx.setPeriodic(options.compaction().toMillis(), timer -> begin());
    }

    /** Ends the round that runs, and returns when it has ended. */
    Future<?> stop() {
        stopped.set(true);
        return round.otherwiseEmpty().eventually(() -> worker.close());
    }

    private void begin() {
        if (round.isComplete() && !stopped.get()) {
            round = worker.executeBlocking(this::compact).onFailure(bug -> LOG.atError()
                    .setCause(bug)
                    .addKeyValue("data", data)
                    .log("a compaction of the log failed"));
        }
    }

    /* A disk that refuses costs this round, nothing else. */
    private boolean compact() {
        Instant now = now();
        for (Stream stream : Stream.values()) {
            Path folder = data.resolve("log").resolve(stream.text());
            /* Of watermarks only the last counts: nobody reads when silence was not health last week. */
            Instant keptFrom = stream == Stream.WATERMARKS ? Instant.MAX : now.minus(options.keep());
            Compaction compaction = new Compaction(storage, stream, folder, options.segmentBytes(), stopped::get);
            try {
                Compaction.Dropped dropped = compaction.run(keptFrom);
                meters.compacted.increment(dropped.records());
                if (dropped.records() > 0 || dropped.files() > 0) {
                    LOG.atInfo()
                            .addKeyValue("stream", stream.text())
                            .addKeyValue("records", dropped.records())
                            .addKeyValue("files", dropped.files())
                            .log("the log was compacted");
                }
            } catch (Compaction.Stopped e) {
                return false;
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("stream", stream.text())
                        .addKeyValue("error", e.toString())
                        .log("the log was not compacted");
            }
        }
        return true;
    }

    /* What a compaction takes for old is lost, and a wall clock may be set years ahead of the true time. */
    private Instant now() {
        Moment now = clock.now();
        Instant steady = from.plusMillis(now.millisSince(began));
        return steady.isBefore(now.wall()) ? steady : now.wall();
    }
}
