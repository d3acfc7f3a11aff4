package dev.tocsin.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * What the brokers have acknowledged, seen where Kafka's client sees it: named in {@code interceptor.classes}, and made by
 * the client, so what it sees is static. Thread-safe: counters. Consumers take the same settings; of them it sees nothing.
 */
public final class Acks implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    /** The setting that brings it into a client. */
    static final Map<String, String> SETTING = Map.of("interceptor.classes", Acks.class.getName());

    private static final Map<String, Count> COUNTS = new ConcurrentHashMap<>();
    private static volatile BiConsumer<String, Headers> ears = (topic, headers) -> {};

    /** So many of a topic, and when the last of them came. Thread-safe. */
    static final class Count {
        private final AtomicLong left;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile long nanos;

        private Count(long records) {
            left = new AtomicLong(records);
        }

        private void one() {
            if (left.decrementAndGet() == 0) {
                nanos = System.nanoTime();
                done.countDown();
            }
        }

        /** Waits for the last one; {@code System.nanoTime()} when it came. */
        long await(long seconds) throws InterruptedException {
            if (!done.await(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(left.get() + " records not acknowledged after " + seconds + " s");
            }
            return nanos;
        }
    }

    /** Counts the next so many of a topic. */
    static Count next(String topic, long records) {
        Count count = new Count(records);
        COUNTS.put(topic, count);
        return count;
    }

    /** @param listener gets the topic and the headers of each, on a thread of the client */
    static void listen(BiConsumer<String, Headers> listener) {
        ears = listener;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure, Headers headers) {
        if (failure == null) {
            Count count = COUNTS.get(metadata.topic());
            if (count != null) {
                count.one();
            }
            ears.accept(metadata.topic(), headers);
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
