package dev.tocsin.kafka;

import dev.tocsin.wire.BinaryMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics on from where they were read to, for the word of whoever has taken over from us. Thread-safe: the
 * consumer is confined to a thread of its own, which a volatile field ends.
 */
final class Tail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long AGAIN_MILLIS = 1_000;
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");

    private final Map<String, Object> settings;
    private final Map<TopicPartition, Long> next;
    private final Set<String> ours;
    private volatile boolean ended;

    /**
     * @param next the offset to go on from, of each partition
     * @param ours partition keys of what only we write: our clusters, and the name of our node
     */
    Tail(Map<String, Object> settings, Map<TopicPartition, Long> next, Set<String> ours) {
        this.settings = settings;
        this.next = new HashMap<>(next);
        this.ours = Set.copyOf(ours);
    }

    /** @param later gets, on the tail's thread, the epoch of each record of ours that is of a later start than this one */
    void start(long epoch, LongConsumer later) {
        Thread thread = new Thread(() -> run(epoch, later), "tocsin-kafka-tail");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends it, within a poll or so; does not wait for that. */
    @Override
    public void close() {
        ended = true;
    }

    /* Brokers that are away are waited for by the consumer; what it throws is for another one. */
    private void run(long epoch, LongConsumer later) {
        while (!ended) {
            try {
                follow(epoch, later);
            } catch (KafkaException e) {
                LOG.atDebug().setCause(e).log("the topics cannot be followed, and are tried again");
                pause();
            }
        }
    }

    private void follow(long epoch, LongConsumer later) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
            while (!ended) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                    long theirs = epochOfOurs(record);
                    if (theirs > epoch && !ended) {
                        later.accept(theirs);
                    }
                }
            }
        }
    }

    /* Most of what comes is our own word: the headers are enough to know it. */
    private long epochOfOurs(ConsumerRecord<byte[], byte[]> record) {
        String text = text(record, BinaryMode.EPOCH);
        boolean counts = ours.contains(text(record, BinaryMode.PARTITION_KEY))
                && EPOCH.matcher(text).matches();
        return counts ? Long.parseLong(text) : 0;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            ended = true;
        }
    }
}
