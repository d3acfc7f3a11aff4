package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A time with the brokers, from their topics read to their end until something ends it that is not waited out. Immutable;
 * its clients are thread-safe.
 *
 * @param published what the topics held
 * @param anew streams whose topic has been made anew since the session before
 * @param tail goes on where {@code published} was read to, when it is started
 */
record Session(
        Producer<byte[], byte[]> producer,
        Admin admin,
        KafkaConfig config,
        Map<Stream, Topics.Topic> topics,
        Published published,
        Set<Stream> anew,
        Tail tail)
        implements AutoCloseable {

    /**
     * Begins one; blocks for as long as the brokers take.
     *
     * @param before the topics of the session before
     */
    static Session open(KafkaConfig config, ClientSettings settings, Map<Stream, Topics.Topic> before, Set<String> ours)
            throws IOException, TopicsWrong, ExecutionException, InterruptedException {
        Admin admin = Admin.create(settings.admin());
        boolean opened = false;
        try {
            Map<Stream, Topics.Topic> topics = new Topics(admin, config).ready();
            Set<Stream> anew = EnumSet.noneOf(Stream.class);
            topics.forEach((stream, topic) -> {
                Topics.Topic old = before.get(stream);
                if (old != null && !old.id().equals(topic.id())) {
                    anew.add(stream);
                }
            });
            /* Of a topic made anew nothing counts: it may hold a late record, and lacks all before it. */
            Published published = new Published(ours);
            Map<TopicPartition, Long> next = new TopicReader(settings.consumer(), ours)
                    .read(topics, anew, (record, offset) -> published.add(record));
            Tail tail = new Tail(settings.consumer(), topics, next, published, ours);
            Map<String, Object> producing = settings.producer();
            topics.values()
                    .forEach(topic -> producing.computeIfPresent(
                            "batch.size",
                            (any, bytes) -> Integer.toString(
                                    Math.min(Integer.parseInt(bytes.toString()), topic.batchBytesMax()))));
            Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
            opened = true;
            return new Session(producer, admin, config, topics, published, anew, tail);
        } finally {
            if (!opened) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** Whether the topics are still the ones that this began with; blocks. */
    boolean sameTopics() throws ExecutionException, InterruptedException {
        Map<Stream, Uuid> ids = new EnumMap<>(Stream.class);
        topics.forEach((stream, topic) -> ids.put(stream, topic.id()));
        return new Topics(admin, config).ids().equals(ids);
    }

    /** Ends it, and with it what is on its way. */
    @Override
    public void close() {
        tail.close();
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
