package dev.tocsin.kafka;

import dev.tocsin.health.Stream;
import dev.tocsin.topic.SteadyReader;
import dev.tocsin.wire.BinaryMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics on from where they were read to: for the word of whoever has taken over from us, and for a late one of
 * whoever we took over from. Thread-safe: the consumer is confined to a thread of its own, which a volatile field ends.
 */
final class Tail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long AGAIN_MILLIS = 1_000;
    private static final int DIGITS_MAX = 18;
    private static final byte[] NOTHING = {};

    private final Map<String, Object> settings;
    private final Map<TopicPartition, Long> next;
    private final Map<String, Stream> streams = new HashMap<>();
    private final Published published;
    private final Set<ByteBuffer> ours;
    /* Epochs of the keys that live and came since; the others' are in what was published. As many as live keys at most. */
    private final Map<Stream, Map<String, Long>> epochs = new EnumMap<>(Stream.class);
    private volatile boolean ended;

    /** What the tail hears of, on its thread. */
    interface Ears {
        /** A record of ours is of a later start than this one. */
        void later(long epoch);

        /** The last word on a key of ours is now one of an earlier start than the word before. */
        void late(String key);

        /** A partition has lost its end, or begins later: what it lacks is not known. */
        void cut(TopicPartition partition);
    }

    /**
     * @param topics what is followed
     * @param next the offset to go on from, of each partition
     * @param published what was read so far, by nobody changed any more
     * @param ours partition keys of what only we write: our clusters, and the name of our node
     */
    Tail(
            Map<String, Object> settings,
            Map<Stream, Topics.Topic> topics,
            Map<TopicPartition, Long> next,
            Published published,
            Set<String> ours) {
        this.settings = new HashMap<>(settings);
        this.settings.put("auto.offset.reset", "none"); // what is cut is told
        /* Nothing hangs on half a second here, and in a storm a fetch for each of our own batches cost the brokers as much as
         * the storm. */
        this.settings.put("fetch.min.bytes", "1048576");
        this.settings.put("fetch.max.wait.ms", "500");
        topics.forEach((stream, topic) -> {
            streams.put(topic.name(), stream);
            epochs.put(stream, new HashMap<>());
        });
        this.published = published;
        this.next = new HashMap<>(next);
        this.ours = ours.stream()
                .map(name -> ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param epoch of this start */
    void start(long epoch, Ears ears) {
        Thread thread = new Thread(() -> run(epoch, ears), "tocsin-kafka-tail");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends it, within a poll or so; does not wait for that. */
    @Override
    public void close() {
        ended = true;
    }

    /* Brokers that are away are waited for by the consumer; what it throws is for another one. */
    private void run(long epoch, Ears ears) {
        while (!ended) {
            try {
                follow(epoch, ears);
            } catch (InvalidOffsetException e) {
                e.partitions().forEach(ears::cut);
                pause();
            } catch (KafkaException e) {
                LOG.atDebug().setCause(e).log("the topics cannot be followed, and are tried again");
                pause();
            }
        }
    }

    private void follow(long epoch, Ears ears) {
        try (KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            SteadyReader reader = new SteadyReader(consumer, settings, TopicReader::damaged);
            reader.seek(next);
            while (!ended) {
                for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : reader.poll(POLL)) {
                    if (!ended) {
                        hear(record, epoch, ears);
                    }
                }
                next.putAll(reader.next());
            }
        }
    }

    private void hear(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, long epoch, Ears ears) {
        long theirs = epochOfOurs(record);
        Stream stream = streams.get(record.topic());
        if (theirs == 0 || stream == null) {
            return;
        }
        if (theirs > epoch) {
            ears.later(theirs);
        }
        /* The next watermark is near, and says more than the last one. */
        if (stream == Stream.WATERMARKS) {
            return;
        }
        /* Of a lower epoch is also what an earlier start wrote to our files while Kafka was away, and we publish now. */
        String key = new String(record.key() == null ? NOTHING : record.key(), StandardCharsets.UTF_8);
        Map<String, Long> since = Objects.requireNonNull(epochs.get(stream));
        if (theirs < Math.max(since.getOrDefault(key, 0L), published.epoch(stream, key))) {
            ears.late(key);
        } else if (record.value() == null) {
            since.remove(key);
        } else {
            since.put(key, theirs);
        }
    }

    /* Most of what comes is our own word, and in a storm there is much of it: so what tells it is compared in bytes. */
    private long epochOfOurs(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        boolean counts = ours.contains(ByteBuffer.wrap(value(record, BinaryMode.PARTITION_KEY)));
        return counts ? whole(value(record, BinaryMode.EPOCH)) : 0;
    }

    /* 0 for what is no number that we write. */
    private static long whole(byte[] digits) {
        long number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9' || digits.length > DIGITS_MAX) {
                return 0;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private static byte[] value(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? NOTHING : header.value();
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            ended = true;
        }
    }
}
