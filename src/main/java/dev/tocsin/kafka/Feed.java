package dev.tocsin.kafka;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's stream of records, from the log to the producer: it holds what the outbox does, and one batch on its way.
 * Confined: the publisher's event loop.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final int BATCH = 2_000; // of each stream; as a rule x ~8 KB for one of each = 16 MB
    private static final int BATCH_BYTES_MAX = 16 << 20; // half of buffer.memory: a send does not wait for room
    private static final long AGAIN_MILLIS = 200;
    private static final long SILENT_MILLIS = 5_000;

    private final Vertx vertx;
    private final Session session;
    private final KafkaMeters meters;
    private final Consumer<String> away;
    private final Runnable present;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Outbox outbox;
    private final Backlog backlog;
    private final Promise<Void> over = Promise.promise();

    /* Refused for their size, by their places: so in the order of their streams. */
    private final Map<Item, RecordTooLargeException> tooLarge = new TreeMap<>(Comparator.comparingLong(Item::place));
    private int onTheWay;
    private long heardNanos;
    private long batches;
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
        this.session = session;
        this.meters = meters;
        this.away = away;
        this.present = present;
        this.producer = KafkaProducer.create(vertx, session.producer());
        /* Each send tells its own failure; without this they come up a second time, as bugs of the event loop. */
        producer.exceptionHandler(failure -> {});
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
        return onTheWay == 0 ? 0 : (System.nanoTime() - heardNanos) / 1_000_000;
    }

    /** Returns when all that was told is acknowledged, or after that time. */
    Future<Void> drain(long millis) {
        Promise<Void> empty = Promise.promise();
        long from = System.nanoTime();
        vertx.setPeriodic(20, timer -> {
            boolean late = System.nanoTime() - from > millis * 1_000_000;
            if (late || onTheWay == 0 && waiting() == 0 && backlog.taken()) {
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
        if (onTheWay > 0 || over.future().isComplete() || !backlog.healthTaken()) {
            return;
        }
        List<Outgoing> batch = take();
        meters.waiting.set(waiting() + batch.size());
        meters.merged.increment(outbox.merged() - mergedBefore);
        mergedBefore = outbox.merged();
        if (batch.isEmpty()) {
            return;
        }
        tooLarge.clear();
        onTheWay = batch.size();
        heardNanos = System.nanoTime();
        long number = ++batches;
        long silent = vertx.setTimer(SILENT_MILLIS, timer -> {
            if (number == batches && onTheWay > 0) {
                away.accept("no acknowledgement for " + SILENT_MILLIS / 1_000 + " s");
            }
        });
        batch.forEach(outgoing -> send(outgoing, silent));
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

    /* Too large is told before it is sent: after a record that the broker refuses for its size the client numbers those
     * behind it anew, and of those on their way the broker takes none until they are sent again (seen with 4.3.1; once they
     * were never acknowledged, not seen again in a thousand runs). A topic that takes less since it was asked still answers
     * so. */
    private void send(Outgoing outgoing, long silent) {
        Item item = outgoing.item();
        Topics.Topic topic = Objects.requireNonNull(session.topics().get(item.event().stream()));
        if (outgoing.bytes() > topic.batchBytesMax()) {
            tooLarge.put(item, new RecordTooLargeException("more than its topic takes"));
            vertx.runOnContext(next -> left(silent));
            return;
        }
        producer.send(outgoing.record(topic))
                .onComplete(metadata -> arrived(item, silent), why -> refused(item, why, silent));
    }

    private void arrived(Item item, long silent) {
        outbox.arrived(item);
        meters.records.increment();
        left(silent);
    }

    /* Too large is answered with less. Whatever else failed may have arrived, also what ran out of time: that is for a new
     * session, which reads it back first. */
    private void refused(Item item, Throwable why, long silent) {
        if (why instanceof RecordTooLargeException size) {
            tooLarge.put(item, size);
        } else {
            end(why);
        }
        left(silent);
    }

    private void left(long silent) {
        heardNanos = System.nanoTime();
        if (--onTheWay > 0) {
            return;
        }
        vertx.cancelTimer(silent);
        if (over.future().isComplete()) {
            return;
        }
        if (tooLarge.isEmpty()) {
            present.run();
            backlog.readOn();
            send();
            return;
        }
        again();
    }

    private void again() {
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
