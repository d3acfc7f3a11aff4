package dev.tocsin.kafka;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's stream of records, from the log to the producer: it holds what the outbox does, and one batch on its way.
 * Confined: the publisher's event loop.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int BATCH = 4_096; // of each stream: what the log tells at once; as a rule x ~1.5 KB = 6 MB
    private static final int BATCH_BYTES_MAX = 16 << 20; // half of buffer.memory: a send does not wait for room
    private static final long AGAIN_MILLIS = 200;
    private static final long SILENT_MILLIS = 5_000;

    private final Vertx vertx;
    private final Context loop;
    private final Session session;
    private final KafkaMeters meters;
    private final Consumer<String> away;
    private final Runnable present;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Outbox outbox;
    private final Backlog backlog;
    private final Promise<Void> over = Promise.promise();

    private @Nullable Flight flight;
    private long silent; // the timer of the flight
    private long mergedBefore;

    /** @param ends of each stream the offset after the last record that was told; others keep it up to date */
    Feed(
            Vertx vertx,
            Session session,
            Map<Stream, Long> ends,
            KafkaMeters meters,
            Consumer<String> away,
            Runnable present) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.session = session;
        this.meters = meters;
        this.away = away;
        this.present = present;
        this.producer = KafkaProducer.create(vertx, session.producer());
        this.outbox = new Outbox(session.published(), session.anew());
        this.backlog = new Backlog(vertx, ends, outbox, this::send);
    }

    /** Fails when the session must end; never succeeds. */
    Future<Void> over() {
        return over.future();
    }

    void start() {
        backlog.readOn();
    }

    /** Ends it: nothing is taken and sent any more. */
    void end(Throwable why) {
        backlog.close();
        over.tryFail(why);
    }

    /** For how long what is on its way has had no answer; 0 when nothing is. */
    long silentMillis() {
        return flight == null ? 0 : flight.silentMillis();
    }

    /** Returns when all that was told is acknowledged, or after that time. */
    Future<Void> drain(long millis) {
        Promise<Void> empty = Promise.promise();
        long from = System.nanoTime();
        vertx.setPeriodic(20, timer -> {
            boolean late = System.nanoTime() - from > millis * 1_000_000;
            if (late || flight == null && waiting() == 0 && backlog.taken()) {
                vertx.cancelTimer(timer);
                end(new IllegalStateException("stopped"));
                empty.tryComplete();
            }
        });
        return empty.future();
    }

    void told(Told.Group group) {
        backlog.told(group);
        send();
    }

    private void send() {
        if (flight != null || over.future().isComplete() || !backlog.healthTaken()) {
            return;
        }
        List<Outgoing> batch = take();
        meters.waiting.set(waiting() + batch.size());
        meters.merged.increment(outbox.merged() - mergedBefore);
        mergedBefore = outbox.merged();
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private void send(List<Outgoing> batch) {
        Flight sent = new Flight(
                batch, why -> loop.runOnContext(next -> end(why)), () -> loop.runOnContext(next -> landed()));
        flight = sent;
        silent = vertx.setTimer(SILENT_MILLIS, timer -> {
            if (flight == sent) {
                away.accept("no acknowledgement for " + SILENT_MILLIS / 1_000 + " s");
            }
        });
        /* It may block: for as long as its client does not know the topics. By Kafka's own client, a batch at once: its
         * wrapper makes a task, a promise, a copy and a turn of the event loop of each record. */
        vertx.<Void>executeBlocking(() -> {
                    sent.send(producer.unwrap(), session.topics());
                    return null;
                })
                .onFailure(this::end);
    }

    /* A batch, as long as its bytes allow; the others wait on. */
    private List<Outgoing> take() {
        List<Item> taken = outbox.take(BATCH);
        List<Outgoing> outgoing = new ArrayList<>(taken.size());
        long bytes = 0;
        while (outgoing.size() < taken.size() && bytes < BATCH_BYTES_MAX) {
            Outgoing next = Outgoing.of(taken.get(outgoing.size()));
            outgoing.add(next);
            bytes += next.bytes();
        }
        outbox.putBack(taken.subList(outgoing.size(), taken.size()));
        return outgoing;
    }

    private void landed() {
        Flight landed = Objects.requireNonNull(flight);
        flight = null;
        vertx.cancelTimer(silent);
        meters.records.increment(landed.arrivals());
        if (over.future().isComplete()) {
            return;
        }
        landed.arrived().forEach(outbox::arrived);
        if (landed.tooLarge().isEmpty()) {
            present.run();
            backlog.readOn();
            send();
            return;
        }
        again(landed.tooLarge());
    }

    private void again(Map<Item, RecordTooLargeException> tooLarge) {
        List<Item> back = new ArrayList<>();
        tooLarge.forEach((item, why) -> shorten(item, why, back));
        outbox.putBack(back);
        vertx.setTimer(AGAIN_MILLIS, timer -> send());
    }

    private void shorten(Item item, RecordTooLargeException why, List<Item> back) {
        Event shorter = Shortened.of(item.event());
        if (!shorter.equals(item.event())) {
            meters.shortened.increment();
            back.add(item.with(shorter));
            return;
        }
        meters.refused.increment();
        LOG.atError()
                .addKeyValue("stream", item.event().stream().text())
                .addKeyValue("key", item.event().key())
                .setCause(why)
                .log("Kafka refuses a record for its size, with nothing left to cut");
    }

    private int waiting() {
        int waiting = 0;
        for (Stream stream : Stream.values()) {
            waiting += outbox.waiting(stream);
        }
        return waiting;
    }
}
