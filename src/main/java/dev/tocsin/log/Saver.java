package dev.tocsin.log;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Told;
import dev.tocsin.wire.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what waits to the disk, one group at a time, and tells what the disk has. Confined: the event loop of the log;
 * the files are the worker's.
 *
 * <p>While the disk refuses, nothing is told and everything waits, health records merged by target; it is tried again every
 * second, in new files.
 */
final class Saver {
    private static final Logger LOG = LoggerFactory.getLogger(Saver.class);

    private final Vertx vertx;
    private final Path data;
    private final LogOptions options;
    private final LogMeters meters;
    private final WorkerExecutor writer;
    private final EventLog log;
    private final Promise<Void> over;
    private final Waiting waiting;

    private boolean saving;
    private boolean timed;
    private boolean closed;
    private long mergedBefore;
    private @Nullable Promise<Void> drained;

    /** @param over fails when memory is at its limit because the disk has refused for so long */
    Saver(
            Vertx vertx,
            Path data,
            LogOptions options,
            LogMeters meters,
            WorkerExecutor writer,
            EventLog log,
            Promise<Void> over) {
        this.vertx = vertx;
        this.data = data;
        this.options = options;
        this.meters = meters;
        this.writer = writer;
        this.log = log;
        this.over = over;
        this.waiting = new Waiting(options.mergeAbove());
    }

    /** Those that are not safe yet. */
    Waiting waiting() {
        return waiting;
    }

    /** Sees to it that what was added to {@link #waiting()} is saved soon. */
    void added() {
        meters.waiting.set(waiting.size());
        if (waiting.ordered() > options.orderedMax() && over.tryFail(overflow())) {
            LOG.atError().setCause(overflow()).addKeyValue("data", data).log("the log cannot go on");
        }
        if (!waiting.isEmpty()) {
            saveAfter(options.group().toMillis());
        }
    }

    /** Saves what is left, within the time that the options give it; then nothing is saved any more. */
    Future<Void> drain() {
        Promise<Void> empty = Promise.promise();
        drained = empty;
        long limit = vertx.setTimer(options.drain().toMillis(), timer -> empty.tryComplete());
        save();
        return empty.future().onComplete(done -> {
            vertx.cancelTimer(limit);
            closed = true;
            int lost = waiting.size();
            if (lost > 0) {
                LOG.atError()
                        .addKeyValue("records", lost)
                        .setCause(new IllegalStateException("the disk refused, or took longer than " + options.drain()))
                        .log("stopped before all records were safe");
            }
        });
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
        List<Event> group = waiting.group(options.groupRecords());
        if (group.isEmpty()) {
            if (drained != null) {
                drained.tryComplete();
            }
            return;
        }
        saving = true;
        long from = System.nanoTime();
        writer.executeBlocking(() -> log.append(group))
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
        waiting.saved(saved.rest());
        meters.records.increment(saved.told().size());
        meters.unwritable.increment(saved.unwritable());
        meters.merged.increment(waiting.merged() - mergedBefore);
        mergedBefore = waiting.merged();
        meters.waiting.set(waiting.size());
        if (!saved.told().isEmpty()) {
            vertx.eventBus()
                    .publish(Addresses.TOLD, new Told.Group(List.copyOf(saved.told()), List.copyOf(saved.forms())));
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
        if (failure instanceof FolderRefused) {
            over.tryFail(failure);
        }
        if (meters.failing.getAndSet(1) == 0) {
            LOG.atWarn()
                    .addKeyValue("data", data)
                    .addKeyValue("error", failure.toString())
                    .log("the disk refused: records wait in memory, nothing is told until it takes them");
        }
    }
}
