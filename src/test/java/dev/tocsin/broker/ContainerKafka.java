package dev.tocsin.broker;

import org.testcontainers.kafka.KafkaContainer;

/** The shared Kafka in a container, of the version that we have in this JVM. Thread-safe: so is Kafka. */
final class ContainerKafka implements SharedKafka {
    private static final String IMAGE = "apache/kafka:4.3.1";

    private final KafkaContainer container;

    ContainerKafka() {
        container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
    }

    @Override
    public String bootstrap() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public String toString() {
        return IMAGE + " in Docker at " + bootstrap();
    }
}
