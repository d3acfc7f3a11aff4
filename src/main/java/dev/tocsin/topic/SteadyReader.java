package dev.tocsin.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads partitions on, record by record, past what no client can read: that is told, and what is behind it is read.
 * Confined: its reader.
 */
public final class SteadyReader {
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final Probe probe;
    private final java.util.function.Consumer<Damage> told;
    /* Not the consumer's positions: when it throws they may be past what it has not given out. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /**
     * @param consumer what is read with; others may ask it what they like, but not move it
     * @param settings it was made with
     * @param told gets what is passed over
     */
    public SteadyReader(
            KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer,
            Map<String, Object> settings,
            java.util.function.Consumer<Damage> told) {
        this.consumer = consumer;
        this.probe = new Probe(settings);
        this.told = told;
    }

    /** Goes on from these offsets; partitions that are not named stay where they are. */
    public void seek(Map<TopicPartition, Long> offsets) {
        next.putAll(offsets);
        consumer.assign(next.keySet());
        next.forEach(consumer::seek);
    }

    /** Of each partition the offset to go on from. */
    public Map<TopicPartition, Long> next() {
        return Collections.unmodifiableMap(next);
    }

    /** The next records, in the order of their partitions; none when none came within that time. */
    public List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> poll(Duration time) {
        try {
            return next(consumer.poll(time));
        } catch (RuntimeException e) {
            if (notOfRecords(e)) {
                throw e;
            }
            /* Which partition it is of is said in texts, if at all. */
            return passOver(e);
        }
    }

    private List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> next(
            ConsumerRecords<byte @Nullable [], byte @Nullable []> polled) {
        List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records = new ArrayList<>(polled.count());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> some = polled.records(partition);
            records.addAll(some);
            next.put(partition, some.get(some.size() - 1).offset() + 1);
        }
        return records;
    }

    private List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> passOver(RuntimeException thrown) {
        for (Map.Entry<TopicPartition, Long> partition : next.entrySet()) {
            Probe.Found found = probe.look(partition.getKey(), partition.getValue());
            if (found.damage() != null) {
                told.accept(found.damage());
                partition.setValue(found.damage().offset() + found.damage().offsets());
                next.forEach(consumer::seek);
                return found.before();
            }
        }
        throw thrown;
    }

    /** Whether it would be thrown whatever the records are. */
    static boolean notOfRecords(RuntimeException e) {
        return e instanceof WakeupException
                || e instanceof InterruptException
                || e instanceof AuthenticationException
                || e instanceof AuthorizationException
                || e instanceof InvalidOffsetException
                || e instanceof RetriableException && !(e instanceof CorruptRecordException);
    }
}
