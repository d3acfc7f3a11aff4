package dev.tocsin.kafka;

import dev.tocsin.health.Stream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * A batch in the hands of Kafka's client, and what became of its records. Thread-safe: atomics, volatile fields, a
 * concurrent map. It is sent on one thread and answered on another, and its owner hears of it once: a word on each record
 * would cost the owner's thread as much as the sending.
 */
final class Flight {
    private final List<Outgoing> batch;
    private final Consumer<Throwable> broken;
    private final Runnable landed;
    private final AtomicInteger left;
    private final AtomicInteger lost = new AtomicInteger();
    /* Refused for their size, by their places: so in the order of their streams. */
    private final Map<Item, RecordTooLargeException> tooLarge =
            new ConcurrentSkipListMap<>(Comparator.comparingLong(Item::place));
    private volatile long heardNanos = System.nanoTime();

    /**
     * @param broken gets the first failure that is not for a record's size; what fails after it is not told
     * @param landed is run when all have their answers, whichever they are
     */
    Flight(List<Outgoing> batch, Consumer<Throwable> broken, Runnable landed) {
        this.batch = batch;
        this.broken = broken;
        this.landed = landed;
        this.left = new AtomicInteger(batch.size());
    }

    /* Too large is told before it is sent: after a record that the broker refuses for its size the client numbers those
     * behind it anew, and of those on their way the broker takes none until they are sent again (seen with 4.3.1; once they
     * were never acknowledged, not seen again in a thousand runs). A topic that takes less since it was asked still answers
     * so. */
    /** Hands all of it to the client, which may block; after a failure the rest is not sent. */
    void send(Producer<byte[], byte[]> producer, Map<Stream, Topics.Topic> topics) {
        for (Outgoing outgoing : batch) {
            Topics.Topic topic = Objects.requireNonNull(topics.get(outgoing.item().event().stream()));
            if (lost.get() > 0) {
                lost.incrementAndGet(); // read back, like what was sent
                answered();
            } else if (outgoing.bytes() > topic.batchBytesMax()) {
                answered(outgoing.item(), new RecordTooLargeException("more than its topic takes"));
            } else {
                send(outgoing, topic, producer);
            }
        }
    }

    private void send(Outgoing outgoing, Topics.Topic topic, Producer<byte[], byte[]> producer) {
        try {
            producer.send(outgoing.record(topic), (metadata, why) -> answered(outgoing.item(), why));
        } catch (RuntimeException e) {
            /* Thrown instead of answered: as a rule it was closed meanwhile. */
            answered(outgoing.item(), e);
        }
    }

    /* Too large is answered with less. Whatever else failed may have arrived, also what ran out of time: that is for a new
     * session, which reads it back first. */
    private void answered(Item item, @Nullable Exception why) {
        if (why instanceof RecordTooLargeException size) {
            tooLarge.put(item, size);
        } else if (why != null && lost.getAndIncrement() == 0) {
            broken.accept(why);
        }
        answered();
    }

    private void answered() {
        heardNanos = System.nanoTime();
        if (left.decrementAndGet() == 0) {
            landed.run();
        }
    }

    /** For how long nothing of it has been answered. */
    long silentMillis() {
        return (System.nanoTime() - heardNanos) / 1_000_000;
    }

    /** How many have arrived, when all have their answers. */
    int arrivals() {
        return batch.size() - lost.get() - tooLarge.size();
    }

    /** Those that have arrived, when all have their answers and nothing was broken. */
    List<Item> arrived() {
        return batch.stream()
                .map(Outgoing::item)
                .filter(item -> !tooLarge.containsKey(item))
                .toList();
    }

    /** Those that were refused for their size, in the order of their streams, and what was said of each. */
    Map<Item, RecordTooLargeException> tooLarge() {
        return tooLarge;
    }
}
