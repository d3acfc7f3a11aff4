package dev.tocsin.log;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.TakesOver;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Decided;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of the file log: what the bus says goes to the disk in groups, and what the disk has is told. Confined: its
 * event loop; the files are confined to one worker thread, one group at a time.
 */
public final class LogVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(LogVerticle.class);

    private final Path data;
    private final String node;
    private final LogOptions options;
    private final Storage storage;
    private final Clock clock;
    private final LogMeters meters;
    private final Promise<Void> over = Promise.promise();

    private TakesOver published = (before, keeps) -> Future.succeededFuture(Recalled.NOTHING);
    private @Nullable WorkerExecutor writer;
    private @Nullable EventLog log;
    private @Nullable Saver saver;
    private @Nullable Restored restored;
    private @Nullable Watermarks watermarks;
    private @Nullable CompactionRounds compaction;
    private @Nullable HistoryDesk history;
    private List<MessageConsumer<?>> consumers = List.of();

    /** @param epoch of the last start from it */
    private record Locked(DataFolder folder, long epoch) {}

    public LogVerticle(Path data, String node, MeterRegistry meters, Clock clock) {
        this(data, node, meters, LogOptions.DEFAULTS, new Disk(), clock);
    }

    LogVerticle(Path data, String node, MeterRegistry meters, LogOptions options, Storage storage, Clock clock) {
        this.data = data;
        this.node = node;
        this.options = options;
        this.storage = storage;
        this.clock = clock;
        this.meters = new LogMeters(meters);
    }

    /**
     * Has what was published before taken over, once the folder is ours: to be called, if at all, before this is deployed.
     */
    public void takeOver(TakesOver published) {
        this.published = published;
    }

    /**
     * What the log remembered when it was deployed.
     *
     * @throws IllegalStateException not deployed yet, or told already: the log does not keep the whole world twice
     */
    public Restored restored() {
        if (restored == null) {
            throw new IllegalStateException("the log is not deployed yet, or has told what it restored");
        }
        return restored;
    }

    /** Publishes {@link #restored()} on its address and forgets it: to be called once, when those who want it listen. */
    public void tellRestored() {
        vertx.eventBus().publish(Addresses.RESTORED, restored());
        restored = null;
    }

    /** Fails when the log cannot go on: the disk has refused for so long that memory is at its limit. Never succeeds. */
    public Future<Void> over() {
        return over.future();
    }

    /**
     * Ready when the folder is locked, and read with what was published; fails with {@link FolderRefused} when it is not
     * ours.
     */
    @Override
    public Future<?> start() {
        WorkerExecutor worker = worker("tocsin-log");
        writer = worker;
        return worker.executeBlocking(this::lock)
                .compose(locked -> open(worker, locked))
                .map(opened -> begin(worker, opened));
    }

    private Restored begin(WorkerExecutor worker, EventLog.Start opened) {
        log = opened.log();
        saver = new Saver(vertx, data, options, meters, worker, opened.log(), over);
        restored = opened.restored();
        meters.brokenLines.increment(opened.report().brokenLines());
        watermarks = new Watermarks(opened.restored());
        compaction = new CompactionRounds(
                vertx,
                worker("tocsin-compaction"),
                data,
                storage,
                options,
                clock,
                seenUntil(opened.restored()),
                meters);
        compaction.start();
        history = new HistoryDesk(vertx, worker("tocsin-history"), new Past(data, storage), opened.ends());
        history.open();
        vertx.setPeriodic(clock.machineMillis(options.watermarks().toMillis()), timer -> addWatermarks());
        consumers = List.of(
                vertx.eventBus().<DeltaBatch>consumer(Addresses.BATCHES, batch -> add(batch.body())),
                vertx.eventBus().<Decided>consumer(Addresses.DECISIONS, decisions -> add(decisions.body())));
        LOG.atInfo()
                .addKeyValue("data", data)
                .addKeyValue("epoch", opened.restored().epoch())
                .addKeyValue("records", opened.report().records())
                .log("the log is open");
        return opened.restored();
    }

    /* A machine may start years ahead of the true time. What was not written meanwhile did not grow old. */
    private Instant seenUntil(Restored restored) {
        return restored.watermarks().stream()
                .map(Watermark::observedUntil)
                .max(Instant::compareTo)
                .orElseGet(() -> clock.now().wall());
    }

    @Override
    public Future<?> stop() {
        consumers.forEach(MessageConsumer::unregister);
        if (log == null) {
            return Future.succeededFuture();
        }
        Objects.requireNonNull(history).unregister();
        addWatermarks();
        return saver().drain()
                .compose(done -> Objects.requireNonNull(compaction).stop())
                .compose(done -> Objects.requireNonNull(history).close())
                .compose(done -> worker().executeBlocking(() -> close(log())))
                .eventually(() -> worker().close());
    }

    /* Whoever is not given the folder must not take over from whoever has it. */
    private Locked lock() throws IOException {
        DataFolder folder = DataFolder.open(data, node, storage);
        try {
            return new Locked(folder, folder.epoch());
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private Future<EventLog.Start> open(WorkerExecutor worker, Locked locked) {
        return published
                .takeOver(locked.epoch(), claimed -> keep(locked.folder(), claimed))
                .compose(recalled ->
                        worker.executeBlocking(() -> EventLog.open(locked.folder(), storage, options, recalled)))
                .recover(why -> worker.executeBlocking(() -> close(locked.folder()))
                        .transform(closed -> Future.failedFuture(why)));
    }

    private static void keep(DataFolder folder, long claimed) {
        try {
            folder.epoch(claimed);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("the number of this start could not be kept");
        }
    }

    private static @Nullable Void close(Closeable open) throws IOException {
        open.close();
        return null;
    }

    private void add(DeltaBatch batch) {
        saver().waiting().add(batch);
        Objects.requireNonNull(watermarks).seen(batch);
        saver().added();
    }

    private void add(Decided decisions) {
        saver().waiting().add(decisions);
        saver().added();
    }

    private void addWatermarks() {
        Waiting waiting = saver().waiting();
        Objects.requireNonNull(watermarks).next(waiting).forEach(waiting::add);
        saver().added();
    }

    private WorkerExecutor worker(String name) {
        /* A slow disk is reported by our own meters, not by the checker of blocked threads. */
        return vertx.createSharedWorkerExecutor(name + " " + data, 1, 1, TimeUnit.DAYS);
    }

    private WorkerExecutor worker() {
        return Objects.requireNonNull(writer);
    }

    private Saver saver() {
        return Objects.requireNonNull(saver, "the log is not deployed yet");
    }

    private EventLog log() {
        return Objects.requireNonNull(log, "the log is not deployed yet");
    }
}
