package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tocsin.broker.BrokerProcess;
import dev.tocsin.bus.Clock;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.kafka.BareProducer;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * 100,000 deltas of one poll from the bus to the last acknowledgement of a real broker, which is a process of its own:
 * through the file log with its synchronisations, and the publisher; correlators have rows of their own. Against Kafka's
 * client that is handed the same records, made before, with the same settings for a topic of the same kind; and against
 * the least that keeps the log's promise, the same client that gets a group of records when a file has it for certain. In
 * turn, in one JVM.
 */
final class KafkaStorm {
    private static final int WARM_ROUNDS =
            10; // with 4 a 15th of what ours took was the compiler, of the bare one a 20th
    private static final int ROUNDS = 9;
    private static final long PATIENCE_SECONDS = 60;
    private static final long QUIET_MILLIS = 1_000;
    private static final int GROUP = 4_096; // as the log's
    private static final int GROUP_BYTES_MAX = 16 << 20;
    private static final double RATIO_MIN = 0.5;

    private final Flapping source;
    private final Backbone ours;
    private final BareProducer bare;
    private final FileChannel file;
    private final Clock clock = Clock.system();
    private final ByteBuffer group = ByteBuffer.allocateDirect(GROUP_BYTES_MAX);
    private long bytes;

    private KafkaStorm(Backbone ours, BareProducer bare, FileChannel file) {
        this.ours = ours;
        this.bare = bare;
        this.file = file;
        source = new Flapping(ours.epoch);
    }

    /** What one storm took: seconds on the wall, and of the processors but those of the broker. */
    private record Took(double seconds, double processorSeconds) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-kafka-storm");
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            try (Backbone ours =
                            new Backbone(folder.resolve("data"), config(broker, "ours."), Flapping.SOURCE.cluster());
                    BareProducer bare = new BareProducer(config(broker, "bare."));
                    FileChannel file = FileChannel.open(folder.resolve("lines"), CREATE, WRITE)) {
                new KafkaStorm(ours, bare, file).measure();
            }
        } finally {
            StartUp.delete(folder);
        }
        System.exit(0);
    }

    private static KafkaConfig config(BrokerProcess broker, String prefix) {
        return new KafkaConfig(
                broker.bootstrap(), prefix, KafkaConfig.PARTITIONS, KafkaConfig.REPLICATION, null, null, Acks.SETTING);
    }

    private void measure() throws Exception {
        ours(source.poll(clock.now()), Flapping.TARGETS);
        Took[] mine = new Took[ROUNDS];
        Took[] bareOnes = new Took[ROUNDS];
        Took[] afterFile = new Took[ROUNDS];
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            DeltaBatch batch = source.poll(clock.now());
            List<Event.OfHealth> events =
                    batch.deltas().stream().map(Event.OfHealth::new).toList();
            List<ProducerRecord<byte[], byte[]>> records = bare.records(events);
            bytes = bytes(records);
            Took one = round % 2 == 0 ? ours(batch, Flapping.CHANGING) : null;
            Took other = bare(records);
            Took third = afterFile(records, lines(events));
            one = one == null ? ours(batch, Flapping.CHANGING) : one;
            if (round >= 0) {
                mine[round] = one;
                bareOnes[round] = other;
                afterFile[round] = third;
            }
        }
        print(Sum.of(mine), Sum.of(bareOnes), Sum.of(afterFile));
    }

    /** Medians of the rounds. */
    private record Sum(double seconds, double processorSeconds) {
        static Sum of(Took[] rounds) {
            return new Sum(
                    UnchangedPoll.median(
                            Stream.of(rounds).mapToDouble(Took::seconds).toArray()),
                    UnchangedPoll.median(Stream.of(rounds)
                            .mapToDouble(Took::processorSeconds)
                            .toArray()));
        }

        String pace() {
            return number("%.0f k/s", Flapping.CHANGING / seconds / 1e3);
        }
    }

    private void print(Sum ours, Sum bareOne, Sum afterFile) {
        double ratio = bareOne.seconds / ours.seconds;
        Row.held(
                        number(
                                "storm of 100,000 deltas from the bus to Kafka's last acknowledgement (%.0f MB)",
                                bytes / 1e6),
                        ours.pace() + number(" (%.2f s)", ours.seconds),
                        "bare producer, same records: " + bareOne.pace(),
                        number("%.2fx", ratio),
                        ">= 0.5x",
                        ratio >= RATIO_MIN)
                .print();
        Row.told(
                        "  the same, against one that has the same lines in a file first, synced in the same groups",
                        ours.pace(),
                        "file, then bare producer: " + afterFile.pace(),
                        number("%.2fx", afterFile.seconds / ours.seconds))
                .print();
        Row.told(
                        "  processors of the process, without the broker's",
                        number("%.2f s", ours.processorSeconds),
                        number("bare producer: %.2f s", bareOne.processorSeconds)
                                + number(", with the file: %.2f s", afterFile.processorSeconds),
                        "")
                .print();
    }

    private Took ours(DeltaBatch batch, int records) throws Exception {
        return took("ours.health", records, () -> ours.publish(batch));
    }

    private Took bare(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        return took("bare.health", records.size(), () -> bare.send(records));
    }

    private Took afterFile(List<ProducerRecord<byte[], byte[]>> records, List<byte[]> lines) throws Exception {
        return took("bare.health", records.size(), () -> {
            for (int from = 0; from < records.size(); from += GROUP) {
                int to = Math.min(from + GROUP, records.size());
                write(lines.subList(from, to));
                bare.send(records.subList(from, to));
            }
        });
    }

    /* As the log does: one buffer outside of the heap, one write, one synchronisation. */
    private void write(List<byte[]> lines) {
        group.clear();
        lines.forEach(line -> group.put(line).put((byte) '\n'));
        group.flip();
        try {
            while (group.hasRemaining()) {
                file.write(group);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the disk refuses", e);
        }
    }

    private static List<byte[]> lines(List<Event.OfHealth> events) {
        List<byte[]> lines = new ArrayList<>(events.size());
        events.forEach(event -> lines.add(CloudEvents.line(event, lines.size())));
        return lines;
    }

    /* What the round before has left to do, as reading back what was published, is done in the quiet. */
    private static Took took(String topic, int records, Runnable storm) throws Exception {
        System.gc();
        Thread.sleep(QUIET_MILLIS);
        Acks.Count count = Acks.next(topic, records);
        long processor = Cpu.nanos();
        long start = System.nanoTime();
        storm.run();
        long end = count.await(PATIENCE_SECONDS);
        return new Took((end - start) / 1e9, (Cpu.nanos() - processor) / 1e9);
    }

    private static long bytes(List<ProducerRecord<byte[], byte[]>> records) {
        long bytes = 0;
        for (ProducerRecord<byte[], byte[]> record : records) {
            bytes += record.key().length + record.value().length;
            for (var header : record.headers()) {
                bytes += header.key().length() + header.value().length;
            }
        }
        return bytes;
    }
}
