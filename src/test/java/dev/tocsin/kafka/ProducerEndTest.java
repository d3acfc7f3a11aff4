package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.OwnKafka;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topics have when a producer ends badly, and the next session goes on. */
class ProducerEndTest {
    private static final int SUBJECTS = 20;

    @TempDir
    static Path folder;

    private static OwnKafka kafka;

    @BeforeAll
    static void start() {
        kafka = OwnKafka.start(folder, Map.of());
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @Test
    @DisplayName("F82: what ran out of its time to arrive is read back first, and then written once")
    void whatRanOutOfItsTimeIsReadBackFirst() {
        KafkaConfig config = impatient("late.");
        List<Event> told = new ArrayList<>();
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1)) {
            tell(publishing, told, 1);
            awaitTopicHas(config, told);
            kafka.proxy().loseAnswers();
            tell(publishing, told, 2);
            await("its time is over").atMost(Duration.ofSeconds(30)).until(() -> publishing.away("Expiring ") > 0);
            tell(publishing, told, 3);

            kafka.proxy().pass();

            awaitTopicHas(config, told);
            tell(publishing, told, 4);
            awaitTopicHas(config, told);
            assertThat(kafka.proxy().answersLost()).isPositive();
        }
    }

    @Test
    @DisplayName("F93: a producer that its broker takes for fenced ends its session, and the next one goes on")
    void aProducerThatIsTakenForFencedEndsItsSession() throws Exception {
        KafkaConfig config = Samples.config(kafka.bootstrap(), "fenced.");
        List<Event> told = new ArrayList<>();
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1)) {
            tell(publishing, told, 1);
            awaitTopicHas(config, told);

            assertThat(forgeNextEpoch(config, told.get(0))).containsOnlyKeys(Errors.NONE);
            tell(publishing, told, 2);

            awaitTopicHas(config, told);
            assertThat(publishing.away("epoch")).isPositive();
        }
    }

    @Test
    @DisplayName("F93: a topic that lost its end under a live producer has it again, each record once")
    void aTopicThatLostItsEndHasItAgain() throws Exception {
        KafkaConfig config = Samples.config(kafka.bootstrap(), "cut.");
        List<Event> told = new ArrayList<>();
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1)) {
            tell(publishing, told, 1);
            tell(publishing, told, 2);
            tell(publishing, told, 3);
            awaitTopicHas(config, told);

            kafka.stop();
            cutInHalf("cut.findings-" + partition(told.get(0)));
            kafka.startAgain();

            awaitTopicHas(config, told);
            assertThat(publishing.away("cut.findings-" + partition(told.get(0)) + " was cut"))
                    .isOne();
            tell(publishing, told, 4);
            awaitTopicHas(config, told);
        }
    }

    private static void tell(Publishing publishing, List<Event> told, long seq) {
        List<Event> events = Samples.findings(SUBJECTS, 1, seq, 1);
        told.addAll(events);
        publishing.tell(events);
    }

    private static void awaitTopicHas(KafkaConfig config, List<Event> told) {
        await("the topic")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(Reader.marks(kafka.bootstrap(), config.topicPrefix() + "findings"))
                        .isEqualTo(Reader.marks(told)));
    }

    /* A user may not set it: the one that we set does not end. */
    private static KafkaConfig impatient(String prefix) {
        return new KafkaConfig(
                kafka.bootstrap(),
                prefix,
                Samples.PARTITIONS,
                1,
                null,
                null,
                Map.of("request.timeout.ms", "1000", "delivery.timeout.ms", "2000"));
    }

    private static int partition(Event event) {
        return BinaryMode.partition(event.partitionKey(), Samples.PARTITIONS);
    }

    /** As whoever has the same producer's id and comes after it. */
    private static Map<Errors, Integer> forgeNextEpoch(KafkaConfig config, Event event) throws Exception {
        TopicPartition partition = new TopicPartition(config.topicPrefix() + "findings", partition(event));
        try (Admin admin = Admin.create(Samples.settings(config).admin())) {
            ProducerState ours = admin.describeProducers(List.of(partition))
                    .partitionResult(partition)
                    .get()
                    .activeProducers()
                    .get(0);
            MemoryRecords batch = MemoryRecords.withIdempotentRecords(
                    Compression.NONE,
                    ours.producerId(),
                    (short) (ours.producerEpoch() + 1),
                    0,
                    new SimpleRecord(new byte[] {1}, new byte[] {2}));
            return ForgedBatch.send(kafka.bootstrap(), partition.topic(), partition.partition(), batch);
        }
    }

    /* A disk that lost what was not synced: the end of the file is gone, and what the broker remembers of it too. */
    private static void cutInHalf(String partition) throws IOException {
        Path node = folder.resolve("node");
        Files.delete(node.resolve(".kafka_cleanshutdown"));
        try (Stream<Path> files = Files.list(node.resolve(partition))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".log")) {
                    try (FileChannel log = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        log.truncate(log.size() / 2);
                    }
                } else if (file.toString().endsWith(".snapshot")) {
                    Files.delete(file);
                }
            }
        }
    }
}
