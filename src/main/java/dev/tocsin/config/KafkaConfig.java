package dev.tocsin.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka that our streams go to. Immutable.
 *
 * @param bootstrap {@code host:port,host:port}
 * @param topicPrefix of the names of the topics, as {@code tocsin.}
 * @param partitions of a topic that we make
 * @param replication of a topic that we make
 * @param tls how the brokers are verified; null for no TLS
 * @param sasl who we are; null for nobody
 * @param properties more settings of Kafka's clients, of those that {@link KafkaProperties} allows
 */
public record KafkaConfig(
        String bootstrap,
        String topicPrefix,
        int partitions,
        int replication,
        @Nullable TlsConfig tls,
        @Nullable Sasl sasl,
        Map<String, String> properties) {
    public static final String TOPIC_PREFIX = "tocsin.";
    public static final int PARTITIONS = 12;
    public static final int REPLICATION = 1;

    /** A user of the brokers. Immutable. */
    public record Sasl(String mechanism, String username, SecretRef password) {}

    /** A Kafka of which only the address is said. */
    public static KafkaConfig at(String bootstrap) {
        return new KafkaConfig(bootstrap, TOPIC_PREFIX, PARTITIONS, REPLICATION, null, null, Map.of());
    }

    /** The same settings for other brokers. */
    public KafkaConfig withBootstrap(String other) {
        return new KafkaConfig(other, topicPrefix, partitions, replication, tls, sasl, properties);
    }
}
