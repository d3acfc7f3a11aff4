package dev.tocsin.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** The shared Kafka as a node in this JVM, on a folder that goes with it. Thread-safe: so is Kafka. */
final class InProcessKafka implements SharedKafka {
    private final Path folder;
    private final Broker broker;

    InProcessKafka() {
        try {
            folder = Files.createTempDirectory("test-kafka");
            broker = InProcess.start(folder, TestPorts.free(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String bootstrap() {
        return broker.bootstrap();
    }

    @Override
    public void close() {
        broker.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "Kafka " + AppInfoParser.getVersion() + " in this JVM at " + bootstrap();
    }
}
