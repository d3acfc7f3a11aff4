package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.OwnKafka;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.follow.Topic;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others, and disks, leave in our topics stops neither us nor readers. */
class PoisonTest {
    private static final int OURS = BinaryMode.partition("eu-1", Samples.PARTITIONS);

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
    @DisplayName("F89: records of others, of any form, are passed over and told with their place")
    void recordsOfOthersArePassedOver() throws Exception {
        KafkaConfig config = Samples.config(kafka.bootstrap(), "poison.");
        makeTopics(config);
        Event first = Samples.finding("a", 3, 1);
        Map<String, String> foreign = new LinkedHashMap<>(BinaryMode.headers(first));
        foreign.replaceAll((name, value) -> value.replace("eu-1", "us-1").replace("finding.v1", "finding.v2"));
        send(config, first);
        assertThatThrownBy(() -> send(config, null, "x", Map.of()))
                .as("a compacted topic takes no record without a key")
                .hasCauseInstanceOf(InvalidRecordException.class);
        send(config, "key", "\u0000\u0001 no JSON, no headers", Map.of());
        send(config, "key", "{}", Map.of("ce_type", "dev.tocsin.finding.v1", "ce_tocsinepoch", "-1"));
        send(config, "key", "x".repeat(1_000_000), Map.of("ce_id", "1"));
        send(config, "key", "[".repeat(100_000), BinaryMode.headers(first));
        send(config, "key", "{\"finding\": 1", BinaryMode.headers(first));
        send(config, "key", "{}", foreign);
        send(config, Samples.finding("a", 3, 2));

        everybodyReads(config, List.of("prom-a:pool_empty:a 3/2"), 6);
    }

    @Test
    @DisplayName("F88: batches that no client can read, of any kind, are passed over and told with their place")
    void batchesThatNoClientCanReadArePassedOver() throws Exception {
        KafkaConfig config = Samples.config(kafka.bootstrap(), "damaged.");
        makeTopics(config);
        for (int i = 0; i < 8; i++) {
            send(config, Samples.finding("a", 3, 2 * i + 1), Samples.finding("b", 3, 2 * i + 1));
        }
        kafka.stop();
        Segment segment = new Segment(folder.resolve("node/damaged.findings-" + OURS + "/00000000000000000000.log"));
        assertThat(segment.batches()).isEqualTo(8);
        segment.flip(1);
        segment.unknownCompression(3);
        segment.unknownMagic(5);
        segment.flip(6);
        segment.write();
        kafka.startAgain();

        everybodyReads(config, List.of("prom-a:pool_empty:a 3/15", "prom-a:pool_empty:b 3/15"), 8);
    }

    /** Our restore, our session with its tail, and the reference reader. */
    private static void everybodyReads(KafkaConfig config, List<String> last, long unreadable) throws Exception {
        List<Envelope> recalled = new TakeOver(config, Samples.settings(config), "node-1", Samples.OURS, epoch -> {})
                .run(0)
                .records();
        assertThat(recalled.stream().map(one -> one.key() + " " + one.epoch() + "/" + one.seq()))
                .containsExactlyInAnyOrderElementsOf(last);

        Noted noted = new Noted();
        try (Session session = Session.open(config, Samples.settings(config), Map.of(), Samples.OURS);
                Tail tail = new Tail(
                        Samples.settings(config).consumer(),
                        session.topics(),
                        fromTheBeginning(session),
                        new Published(Samples.OURS),
                        Samples.OURS)) {
            assertThat(session.published().epoch()).isEqualTo(4);
            tail.start(4, noted);
            send(config, Samples.finding("a", 5, 20));
            await("the tail").atMost(Duration.ofSeconds(30)).until(() -> noted.heard.contains("later 5"));
            assertThat(noted.heard).containsExactly("later 5");
        }

        try (Followed followed = Followed.start(config, Topic.FINDINGS)) {
            assertThat(followed.backlog.join().unreadable()).isEqualTo(unreadable);
            assertThat(followed.odd)
                    .filteredOn(text -> text.contains("passed over"))
                    .isNotEmpty()
                    .allMatch(text -> text.startsWith(config.topicPrefix() + "findings-" + OURS + "@"));
            send(config, Samples.finding("a", 5, 21));
            await("what comes then")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> followed.news.contains("prom-a:pool_empty:a 5/21"));
            assertThat(followed.news).contains("prom-a:pool_empty:a 5/20").containsAll(last);
        }
    }

    private static Map<TopicPartition, Long> fromTheBeginning(Session session) {
        Map<TopicPartition, Long> next = new HashMap<>();
        String topic = session.topics().get(Stream.FINDINGS).name();
        for (int i = 0; i < Samples.PARTITIONS; i++) {
            next.put(new TopicPartition(topic, i), 0L);
        }
        return next;
    }

    private static void makeTopics(KafkaConfig config) throws Exception {
        Session.open(config, Samples.settings(config), Map.of(), Samples.OURS).close();
    }

    /* As one batch. */
    private static void send(KafkaConfig config, Event... events) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", config.bootstrap(), "linger.ms", 10_000);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
            for (Event event : events) {
                sent.add(producer.send(
                        record(config, BinaryMode.key(event), BinaryMode.value(event), BinaryMode.headers(event))));
            }
            producer.flush();
            for (var one : sent) {
                one.get();
            }
        }
    }

    private static void send(KafkaConfig config, String key, String value, Map<String, String> headers)
            throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", config.bootstrap());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record(config, key == null ? null : bytes(key), bytes(value), headers))
                    .get();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            KafkaConfig config, byte[] key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(config.topicPrefix() + "findings", OURS, key, value);
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
