package dev.tocsin.broker;

/** A Kafka that all tests of this JVM share: each names topics and groups of its own. Thread-safe: so is Kafka. */
public interface SharedKafka extends AutoCloseable {
    /** Where clients begin: {@code HOST:PORT}. */
    String bootstrap();

    @Override
    void close();
}
