package dev.tocsin.follow;

import dev.tocsin.topic.SteadyReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics as any consumer does: without a group, every partition, from the beginning or from now on, until it is
 * stopped. Confined: the thread that runs it, but for {@link #stop}.
 */
public final class Follower implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Wanted wanted;
    private final Audience audience;
    private final KafkaConsumer<byte @Nullable [], byte @Nullable []> consumer;
    private final SteadyReader reader;
    private final Map<String, Topic> topics = new HashMap<>();
    /* Asked for once: what is written while the backlog is read is live. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Reading reading;

    /** @throws Ended Kafka's client refuses its configuration, or no name of a broker resolves */
    public Follower(Wanted wanted, Audience audience) throws Ended {
        this.wanted = wanted;
        this.audience = audience;
        this.reading = new Reading(wanted.job(), audience);
        wanted.topics().forEach(topic -> topics.put(wanted.prefix() + topic.text(), topic));
        try {
            Map<String, Object> client = client(wanted);
            consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            reader = new SteadyReader(consumer, client, reading::damaged);
        } catch (KafkaException e) {
            throw new Ended("kafka: " + reason(e));
        }
    }

    /** Follows until {@link #stop}, or until nobody listens. @throws Ended it cannot go on */
    public Tally run() throws Ended {
        try {
            follow();
        } catch (WakeupException e) {
            /* stopped */
        } catch (AuthenticationException | AuthorizationException e) {
            throw new Ended("kafka refuses us: " + reason(e) + "; want a user that may read "
                    + String.join(", ", topics.keySet().stream().sorted().toList()));
        } catch (TimeoutException e) {
            throw new Ended("kafka at " + wanted.client().get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
                    + ": no answer within " + ANSWER.toSeconds() + "s; want a broker that we reach");
        } catch (KafkaException e) {
            throw new Ended("kafka: " + reason(e));
        }
        return reading.tally();
    }

    /** Ends {@link #run} soon. Thread-safe. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private void follow() throws Ended {
        Set<TopicPartition> backlog = assign();
        Presence presence = new Presence(System.nanoTime());
        boolean caughtUp = false;
        boolean heard = true;
        while (heard) {
            poll();
            if (!caughtUp) {
                caughtUp = readTo(backlog);
            }
            presence.look(connected(), System.nanoTime()).ifPresent(audience::odd);
            heard = audience.flush();
        }
    }

    private Set<TopicPartition> assign() throws Ended {
        Set<TopicPartition> partitions = new HashSet<>();
        Map<String, List<PartitionInfo>> there = consumer.listTopics(ANSWER);
        for (String topic : topics.keySet().stream().sorted().toList()) {
            if (!there.containsKey(topic)) {
                throw new Ended(
                        "topic " + topic + ": not there, or not to be read by us; want one that run --kafka made");
            }
            there.get(topic).forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
        }
        ends.putAll(consumer.endOffsets(partitions, ANSWER));
        if (wanted.fromBeginning()) {
            reader.seek(consumer.beginningOffsets(partitions, ANSWER));
        } else {
            reader.seek(ends);
        }
        return partitions;
    }

    private void poll() throws Ended {
        try {
            for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : reader.poll(POLL)) {
                reading.take(Objects.requireNonNull(topics.get(record.topic())), record);
            }
        } catch (OffsetOutOfRangeException e) {
            Set<TopicPartition> lost = e.offsetOutOfRangePartitions().keySet();
            lost.forEach(one -> audience.odd(one + ": made anew or cut, reading it from its beginning"));
            reader.seek(consumer.beginningOffsets(lost, ANSWER));
        }
    }

    private boolean readTo(Set<TopicPartition> backlog) {
        backlog.removeIf(one -> consumer.position(one, ANSWER) >= ends.getOrDefault(one, 0L));
        if (backlog.isEmpty()) {
            reading.caughtUp();
        }
        return backlog.isEmpty();
    }

    private boolean connected() {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
    }

    private static Map<String, Object> client(Wanted wanted) {
        Map<String, Object> client = new HashMap<>(wanted.client());
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // what would be skipped is told
        client.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        client.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        client.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        client.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000L);
        client.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-follow");
        return client;
    }

    private static String reason(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }
}
