package dev.tocsin.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the monitor and its readers do with a Kafka, each act by a client of its own. Immutable. */
record ClientActs(Map<String, Object> client) {
    private static final int PATIENCE_SECONDS = 20;

    /** Something done with a topic or a group. */
    interface Act {
        void run() throws Exception;
    }

    /** The act by the name that an ACL has for it. */
    Act of(String operation, String name) {
        return switch (operation) {
            case "Write" -> () -> write(name);
            case "Read" -> () -> read(name);
            case "DescribeConfigs" -> () -> describe(name);
            case "Create" -> () -> create(name);
            default -> throw new IllegalArgumentException("no act for " + operation);
        };
    }

    /** Whether it may be done; what else comes in between is thrown. */
    static boolean allowed(Act act) throws Exception {
        try {
            act.run();
            return true;
        } catch (AuthorizationException refused) {
            return false;
        } catch (ExecutionException | KafkaException e) {
            /* A producer that was refused before it sent says so with what refused it inside. */
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    private void write(String topic) throws Exception {
        Map<String, Object> settings = with(Map.of("acks", "all", "enable.idempotence", true));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "key", "value")).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /* As the monitor and follow do: partitions that are named, no group. */
    private void read(String topic) {
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            if (consumer.poll(Duration.ofSeconds(PATIENCE_SECONDS)).isEmpty()) {
                throw new AssertionError("nothing read from " + topic);
            }
        }
    }

    /* The session is short: a member that may not leave any more is waited for by the next. */
    /** As a consumer group: its records, and its offset. */
    void join(String group, String topic) {
        Map<String, Object> settings = with(Map.of(
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "session.timeout.ms",
                6_000));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            if (consumer.poll(Duration.ofSeconds(PATIENCE_SECONDS)).isEmpty()) {
                throw new AssertionError("nothing read from " + topic + " as " + group);
            }
            /* From the beginning again, for the next who joins. */
            consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)));
        }
    }

    private void describe(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(client)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            admin.describeConfigs(List.of(resource)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void create(String topic) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(client);
        all.putAll(more);
        return all;
    }
}
