package dev.tocsin.log;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.outage.Decided;
import dev.tocsin.wire.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of the file log: what the bus says goes to the disk in groups, and what the disk has is told. Confined: its
 * event loop; the files are confined to one worker thread, one group at a time.
 *
 * <p>While the disk refuses, nothing is told and everything waits, health records merged by target; it is tried again
 * every second, in new files.
 */
public final class LogVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(LogVerticle.class);

    private final Path data;
    private final String node;
    private final LogOptions options;
    private final Storage storage;
    private final Clock clock;
    private final LogMeters meters;
    private final Waiting waiting;
    private final Promise<Void> over = Promise.promise();

    private @Nullable WorkerExecutor writer;
    private @Nullable EventLog log;
    private @Nullable Restored restored;
    private @Nullable Watermarks watermarks;
    private @Nullable CompactionRounds compaction;
    private List<MessageConsumer<?>> consumers = List.of();
    private List<Event> group = List.of();
    private boolean saving;
    private boolean timed;
    private boolean closed;
    private long mergedBefore;
    private @Nullable Promise<Void> drained;

    public LogVerticle(Path data, String node, MeterRegistry meters) {
        this(data, node, meters, LogOptions.DEFAULTS);
    }

    public LogVerticle(Path data, String node, MeterRegistry meters, LogOptions options) {
        this(data, node, meters, options, new Disk(), Clock.systemUTC());
    }

    LogVerticle(Path data, String node, MeterRegistry meters, LogOptions options, Storage storage, Clock clock) {
        this.data = data;
        this.node = node;
        this.options = options;
        this.storage = storage;
        this.clock = clock;
        this.meters = new LogMeters(meters);
        this.waiting = new Waiting(options.mergeAbove());
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

    /** Ready when the folder is locked and read; fails with {@link FolderRefused} when it is not ours. */
    @Override
    public Future<?> start() {
        WorkerExecutor worker = worker("tocsin-log");
        writer = worker;
        return worker.executeBlocking(this::open).map(opened -> {
            log = opened.log();
            restored = opened.restored();
            meters.brokenLines.increment(opened.report().brokenLines());
            watermarks = new Watermarks(opened.restored());
            compaction =
                    new CompactionRounds(vertx, worker("tocsin-compaction"), data, storage, options, clock, meters);
            compaction.start();
            vertx.setPeriodic(options.watermarks().toMillis(), timer -> addWatermarks());
            consumers = List.of(
                    vertx.eventBus().<DeltaBatch>consumer(Addresses.BATCHES, batch -> add(batch.body())),
                    vertx.eventBus().<Decided>consumer(Addresses.DECISIONS, decisions -> add(decisions.body())));
            LOG.atInfo()
                    .addKeyValue("data", data)
                    .addKeyValue("epoch", opened.restored().epoch())
                    .addKeyValue("records", opened.report().records())
                    .log("the log is open");
            return opened;
        });
    }

    @Override
    public Future<?> stop() {
        consumers.forEach(MessageConsumer::unregister);
        if (log == null) {
            return Future.succeededFuture();
        }
        addWatermarks();
        Promise<Void> empty = Promise.promise();
        drained = empty;
        long limit = vertx.setTimer(options.drain().toMillis(), timer -> empty.tryComplete());
        save();
        return empty.future()
                .compose(done -> {
                    vertx.cancelTimer(limit);
                    closed = true;
                    int lost = waiting.size() + group.size();
                    if (lost > 0) {
                        LOG.atError()
                                .addKeyValue("records", lost)
                                .setCause(new IllegalStateException(
                                        "the disk refused, or took longer than " + options.drain()))
                                .log("stopped before all records were safe");
                    }
                    return Objects.requireNonNull(compaction).stop();
                })
                .compose(done -> worker().executeBlocking(this::close))
                .eventually(() -> worker().close());
    }

    private EventLog.Start open() throws IOException {
        DataFolder folder = DataFolder.open(data, node, storage);
        boolean opened = false;
        try {
            EventLog.Start start = EventLog.open(folder, storage, options);
            opened = true;
            return start;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    private @Nullable Void close() throws IOException {
        log().close();
        return null;
    }

    private void add(DeltaBatch batch) {
        batch.deltas().forEach(delta -> waiting.add(new Event.OfHealth(delta)));
        batch.findings().forEach(finding -> waiting.add(new Event.OfFinding(finding)));
        batch.tombstones().forEach(tombstone -> waiting.add(new Event.OfTombstone(tombstone)));
        Objects.requireNonNull(watermarks).seen(batch);
        added();
    }

    private void add(Decided decisions) {
        decisions.outages().forEach(outage -> waiting.add(new Event.OfOutage(outage)));
        decisions.findings().forEach(finding -> waiting.add(new Event.OfFinding(finding)));
        decisions.tombstones().forEach(tombstone -> waiting.add(new Event.OfTombstone(tombstone)));
        added();
    }

    private void addWatermarks() {
        for (Event.OfWatermark watermark : Objects.requireNonNull(watermarks).next(waiting)) {
            waiting.add(watermark);
        }
        added();
    }

    private void added() {
        meters.waiting.set(waiting.size() + group.size());
        if (waiting.ordered() > options.orderedMax() && over.tryFail(overflow())) {
            LOG.atError().setCause(overflow()).addKeyValue("data", data).log("the log cannot go on");
        }
        if (!waiting.isEmpty()) {
            saveAfter(options.group().toMillis());
        }
    }

    private IllegalStateException overflow() {
        return new IllegalStateException("data folder " + data + ": " + waiting.ordered()
                + " outages, findings and tombstones wait for the disk, want at most " + options.orderedMax()
                + ": make room there, or give another folder with --data");
    }

    private void saveAfter(long millis) {
        if (!timed && !saving) {
            timed = true;
            vertx.setTimer(Math.max(1, millis), timer -> {
                timed = false;
                save();
            });
        }
    }

    private void save() {
        if (saving || closed) {
            return;
        }
        if (group.isEmpty()) {
            group = waiting.take(options.groupRecords());
        }
        if (group.isEmpty()) {
            if (drained != null) {
                drained.tryComplete();
            }
            return;
        }
        saving = true;
        List<Event> events = group;
        long from = System.nanoTime();
        worker().executeBlocking(() -> log().append(events))
                .onComplete(
                        saved -> {
                            saving = false;
                            meters.saves.record(System.nanoTime() - from, TimeUnit.NANOSECONDS);
                            saved(saved);
                        },
                        bug -> {
                            saving = false;
                            LOG.atError()
                                    .setCause(bug)
                                    .addKeyValue("data", data)
                                    .log("a group of records could not be written");
                            saveAfter(options.retry().toMillis());
                        });
    }

    private void saved(EventLog.Saved saved) {
        group = saved.rest();
        meters.records.increment(saved.told().size());
        meters.unwritable.increment(saved.unwritable());
        meters.merged.increment(waiting.merged() - mergedBefore);
        mergedBefore = waiting.merged();
        meters.waiting.set(waiting.size() + group.size());
        if (!saved.told().isEmpty()) {
            vertx.eventBus().publish(Addresses.TOLD, new Told.Group(List.copyOf(saved.told())));
        }
        if (saved.failure() != null) {
            refused(saved.failure());
            saveAfter(options.retry().toMillis());
            return;
        }
        if (meters.failing.getAndSet(0) == 1) {
            LOG.atInfo().addKeyValue("data", data).log("the disk takes records again");
        }
        if (drained != null || waiting.size() >= options.groupRecords()) {
            save();
        } else if (!waiting.isEmpty()) {
            saveAfter(options.group().toMillis());
        }
    }

    private void refused(IOException failure) {
        meters.failures.increment();
        if (meters.failing.getAndSet(1) == 0) {
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("data", data)
                    .log("the disk refused: records wait in memory, nothing is told until it takes them");
        }
    }

    private WorkerExecutor worker(String name) {
        /* A slow disk is reported by our own meters, not by the checker of blocked threads. */
        return vertx.createSharedWorkerExecutor(name + " " + data, 1, 1, TimeUnit.DAYS);
    }

    private WorkerExecutor worker() {
        return Objects.requireNonNull(writer);
    }

    private EventLog log() {
        return Objects.requireNonNull(log, "the log is not deployed yet");
    }
}
