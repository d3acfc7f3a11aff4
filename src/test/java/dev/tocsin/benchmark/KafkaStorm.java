package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import dev.tocsin.broker.BrokerProcess;
import dev.tocsin.bus.Clock;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.kafka.BareProducer;
import dev.tocsin.wire.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * 100,000 deltas of one poll from the bus to the last acknowledgement of a real broker, which is a process of its own:
 * through the file log with its synchronisations, and the publisher; correlators have rows of their own. Against Kafka's
 * client that is handed the same records, made before, with the same settings for a topic of the same kind; in turn, in
 * one JVM.
 */
final class KafkaStorm {
    private static final int WARM_ROUNDS =
            10; // with 4 a 15th of what ours took was the compiler, of the bare one a 20th
    private static final int ROUNDS = 9;
    private static final long PATIENCE_SECONDS = 60;
    private static final long QUIET_MILLIS = 1_000;
    private static final double RATIO_MIN = 0.5;

    private final Flapping source;
    private final Backbone ours;
    private final BareProducer bare;
    private final Clock clock = Clock.system();
    private long bytes;

    private KafkaStorm(Backbone ours, BareProducer bare) {
        this.ours = ours;
        this.bare = bare;
        source = new Flapping(ours.epoch);
    }

    /** What one storm took: seconds on the wall, and of the processors but those of the broker. */
    private record Took(double seconds, double processorSeconds) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-kafka-storm");
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            try (Backbone ours =
                            new Backbone(folder.resolve("data"), config(broker, "ours."), Flapping.SOURCE.cluster());
                    BareProducer bare = new BareProducer(config(broker, "bare."))) {
                new KafkaStorm(ours, bare).measure();
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
        double[] seconds = new double[ROUNDS];
        double[] bareSeconds = new double[ROUNDS];
        double[] processor = new double[ROUNDS];
        double[] bareProcessor = new double[ROUNDS];
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            DeltaBatch batch = source.poll(clock.now());
            List<ProducerRecord<byte[], byte[]>> records = bare.records(
                    batch.deltas().stream().map(Event.OfHealth::new).toList());
            bytes = bytes(records);
            Took one = round % 2 == 0 ? ours(batch, Flapping.CHANGING) : null;
            Took other = bare(records);
            one = one == null ? ours(batch, Flapping.CHANGING) : one;
            if (round >= 0) {
                seconds[round] = one.seconds;
                processor[round] = one.processorSeconds;
                bareSeconds[round] = other.seconds;
                bareProcessor[round] = other.processorSeconds;
            }
        }
        double mine = UnchangedPoll.median(seconds);
        double theirs = UnchangedPoll.median(bareSeconds);
        Row.held(
                        number(
                                "storm of 100,000 deltas from the bus to Kafka's last acknowledgement (%.0f MB)",
                                bytes / 1e6),
                        number("%.0f k/s", Flapping.CHANGING / mine / 1e3) + number(" (%.2f s)", mine),
                        number("bare producer, same records: %.0f k/s", Flapping.CHANGING / theirs / 1e3),
                        number("%.2fx", theirs / mine),
                        ">= 0.5x",
                        theirs / mine >= RATIO_MIN)
                .print();
        Row.told(
                        "  processors of the process, without the broker's",
                        number("%.2f s", UnchangedPoll.median(processor)),
                        number("bare producer: %.2f s", UnchangedPoll.median(bareProcessor)),
                        "")
                .print();
    }

    private Took ours(DeltaBatch batch, int records) throws Exception {
        return took("ours.health", records, () -> ours.publish(batch));
    }

    private Took bare(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        return took("bare.health", records.size(), () -> bare.send(records));
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
