package dev.tocsin.kafka;

import dev.tocsin.health.Stream;
import dev.tocsin.topic.Damage;
import dev.tocsin.topic.SteadyReader;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.RecordRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics from their beginning to the end that they have now: what was published, whoever acknowledged it. Confined:
 * one thread, which waits for the brokers.
 */
final class TopicReader {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SILENT_POLLS_MAX = 60; // 30 s without a record, and not at the end

    private final Map<String, Object> settings;
    private final Set<String> ours;

    /** @param ours partition keys of what only we write: our clusters, and the name of our node */
    TopicReader(Map<String, Object> settings, Set<String> ours) {
        this.settings = settings;
        this.ours = ours;
    }

    /** Tells what no client can read, and is passed over: if it was of ours, the next record of its key has the state. */
    static void damaged(Damage damage) {
        LOG.atWarn()
                .addKeyValue("topic", damage.partition().topic())
                .addKeyValue("partition", damage.partition().partition())
                .addKeyValue("offset", damage.offset())
                .addKeyValue("offsets", damage.offsets())
                .addKeyValue("error", damage.why())
                .log("records that no client can read are passed over");
    }

    /**
     * Reads all that the topics hold.
     *
     * @param skipped streams of which nothing counts
     * @param taken gets each record of ours or of others, and its offset, in the order of its partition
     * @return of each partition the offset after what was read; those that were skipped begin at 0
     * @throws TopicsWrong a record of ours is of a version after this one
     */
    Map<TopicPartition, Long> read(
            Map<Stream, Topics.Topic> topics, Set<Stream> skipped, ObjLongConsumer<Envelope> taken) throws TopicsWrong {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> nothing = new HashMap<>();
        topics.forEach((stream, topic) -> {
            for (int i = 0; i < topic.partitions(); i++) {
                (skipped.contains(stream) ? nothing : from).put(new TopicPartition(topic.name(), i), 0L);
            }
        });
        Map<TopicPartition, Long> next = readOn(from, taken);
        next.putAll(nothing);
        return next;
    }

    /** Goes on, from the offset of each partition, to the end that it has now; returns the offsets after what was read. */
    Map<TopicPartition, Long> readOn(Map<TopicPartition, Long> from, ObjLongConsumer<Envelope> taken)
            throws TopicsWrong {
        Map<TopicPartition, Long> next = new HashMap<>();
        try (KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> begins = new HashMap<>(consumer.beginningOffsets(from.keySet()));
            from.forEach((partition, offset) -> begins.merge(partition, offset, Math::max));
            SteadyReader reader = new SteadyReader(consumer, settings, TopicReader::damaged);
            reader.seek(begins);
            Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
            List<TopicPartition> left = new ArrayList<>(from.keySet());
            for (int silent = 0; ; ) {
                left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                if (left.isEmpty()) {
                    from.keySet().forEach(partition -> next.put(partition, consumer.position(partition)));
                    return next;
                }
                List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records = reader.poll(POLL);
                silent = records.isEmpty() ? silent + 1 : 0;
                if (silent > SILENT_POLLS_MAX) {
                    throw new TimeoutException("the topics could not be read to their end");
                }
                for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : records) {
                    add(record, taken);
                }
            }
        }
    }

    /* What is no record of ours has no key of ours: it is not ours to judge, whatever version it is of. */
    private void add(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, ObjLongConsumer<Envelope> taken)
            throws TopicsWrong {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        try {
            taken.accept(BinaryMode.read(headers, record.value()), record.offset());
        } catch (RecordRefused refused) {
            if (refused.newer() && ours.contains(headers.getOrDefault(BinaryMode.PARTITION_KEY, ""))) {
                throw new TopicsWrong("topic " + record.topic() + ", partition " + record.partition() + ", offset "
                        + record.offset() + ": " + refused.getMessage());
            }
        }
    }
}
