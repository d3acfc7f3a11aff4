package dev.tocsin.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Looks for damage in one partition, one record after another, with a consumer of its own. Immutable. */
final class Probe {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SILENT_POLLS_MAX = 20; // 10 s
    private static final long BYTES_MAX =
            2 << 20; // a consumer that stumbled had fetched 1 MB of a partition, or one batch

    private final Map<String, Object> settings;

    Probe(Map<String, Object> settings) {
        this.settings = new HashMap<>(settings);
        /* One at a time: with more, what is good is thrown away with what stands behind it. */
        this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    }

    /**
     * What was found. Immutable.
     *
     * @param before the records before the damage
     * @param damage null when there is none so near
     */
    record Found(
            List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> before,
            @Nullable Damage damage) {}

    /** Reads on from that offset to the first damage, and to where it ends. @throws TimeoutException no broker answers */
    Found look(TopicPartition partition, long from) {
        List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> before = new ArrayList<>();
        try (KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> alone = List.of(partition);
            consumer.assign(alone);
            consumer.seek(partition, from);
            long end = consumer.endOffsets(alone).getOrDefault(partition, 0L);
            long bytes = 0;
            int silent = 0;
            while (bytes < BYTES_MAX && consumer.position(partition) < end) {
                try {
                    silent++;
                    for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : consumer.poll(POLL)) {
                        before.add(record);
                        bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
                        silent = 0;
                    }
                } catch (RuntimeException e) {
                    if (SteadyReader.notOfRecords(e)) {
                        throw e;
                    }
                    return new Found(before, damage(consumer, partition, end, e));
                }
                if (silent > SILENT_POLLS_MAX) {
                    throw new TimeoutException(partition + ": could not be read on");
                }
            }
            return new Found(List.of(), null);
        }
    }

    /* A batch is damaged as a whole, and does not say any more where it ends: so one offset after another. */
    private static Damage damage(
            KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer,
            TopicPartition partition,
            long end,
            RuntimeException why) {
        long from = consumer.position(partition);
        long next = from + 1;
        for (int silent = 0; next < end && silent <= SILENT_POLLS_MAX; ) {
            consumer.seek(partition, next);
            try {
                if (!consumer.poll(POLL).isEmpty()) {
                    break;
                }
                silent++;
            } catch (RuntimeException e) {
                if (SteadyReader.notOfRecords(e)) {
                    throw e;
                }
                next++;
                silent = 0;
            }
        }
        return new Damage(partition, from, next - from, text(why));
    }

    private static String text(RuntimeException why) {
        Throwable cause = why.getCause() == null ? why : why.getCause();
        return String.valueOf(cause.getMessage());
    }
}
