package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker as a child process on a folder and a port of its own, and a reader of what it holds. Confined: one test. */
final class RealKafka implements AutoCloseable {
    private final int port = free();
    private final Path folder;
    private List<String> under = List.of();
    private Optional<Child> child = Optional.empty();

    RealKafka() {
        try {
            folder = Files.createTempDirectory("kafka-it-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* Below the other servers' ports: the broker takes a second one, for its controller, above 19,092. */
    private static int free() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 19_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port from 10000 to 19000");
    }

    /** Starts it from now on under that command, which must become it: {@code env A=B}. */
    RealKafka under(String... command) {
        under = List.of(command);
        return this;
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Its folder. */
    Path data() {
        return folder.resolve("data");
    }

    /** Starts it, for the first time or again, on the same data; returns when it takes connections. */
    void start() {
        List<String> command = new ArrayList<>(under);
        command.addAll(List.of(
                TocsinProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TocsinProcess.jar().toString(),
                "dev.tocsin.broker.BrokerMain",
                data().toString(),
                Integer.toString(port)));
        Child started =
                Child.talking("kafka", command, folder, folder.resolve("stderr.txt"), ProcessBuilder.Redirect.PIPE);
        child = Optional.of(started);
        assertThat(started.line())
                .as(() -> Child.tail(folder.resolve("stderr.txt"), 20))
                .isEqualTo("broker at " + bootstrap());
    }

    /** kill -9. */
    void kill() {
        child.orElseThrow().killAndWait();
    }

    boolean runs() {
        return child.filter(Child::alive).isPresent();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd(Duration within) {
        child.orElseThrow().exitCode(within);
    }

    void delete(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a record of a topic once more behind the others: a late word. Numbered in the order of {@link #read}. */
    void sendAgain(String topic, int number) {
        ConsumerRecord<byte[], byte[]> late = Witness.at(bootstrap())
                .records(topic.substring("tocsin.".length()))
                .get(number);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic, late.partition(), late.timestamp(), late.key(), late.value(), late.headers()))
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** All records of a topic, in the order of its partitions, each as its schema wants it; none when there is no topic. */
    List<Event> read(String topic) {
        List<Event> events = Witness.at(bootstrap()).read(topic.substring("tocsin.".length()));
        assertThat(events).allSatisfy(event -> assertThat(event.mistakes()).isEmpty());
        return events;
    }

    @Override
    public void close() {
        child.filter(Child::alive).ifPresent(Child::killAndWait);
    }
}
