package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.OwnKafka;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.follow.Topic;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of topics after what brokers do to them by themselves, and what readers of them do. */
class TopicsAsTheyAreTest {
    @TempDir
    static Path folder;

    private static OwnKafka kafka;

    @BeforeAll
    static void start() {
        kafka = OwnKafka.start(folder, Map.of("log.cleaner.backoff.ms", "200"));
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @Test
    @DisplayName("F92: of a topic that was compacted the last of each key counts, for us and for readers")
    void ofATopicThatWasCompactedTheLastOfEachKeyCounts() throws Exception {
        KafkaConfig config = Samples.config(kafka.bootstrap(), "compacted.");
        List<Event> told = Samples.findings(5, 1, 1, 40);
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1)) {
            publishing.tell(told);
            awaitMarks(config, told);
            alter(
                    config,
                    Map.of("min.compaction.lag.ms", "0", "min.cleanable.dirty.ratio", "0.01", "segment.ms", "100"));
            /* What is compacted is what is behind the file in use. */
            List<Event> more = Samples.findings(5, 1, 41, 1);
            publishing.tell(more);
            told = concat(told, more);
            List<Event> another = Samples.findings(1, 1, 42, 1);
            publishing.tell(another);
            told = concat(told, another);
            await("the cleaner")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Reader.marks(kafka.bootstrap(), "compacted.findings")
                                    .size()
                            < 20);
        }
        List<String> last = Reader.marks(told.subList(told.size() - 5, told.size()));

        try (Followed followed = Followed.start(config, Topic.FINDINGS)) {
            assertThat(followed.backlog.join().repeats()).isZero();
            assertThat(followed.news).containsAll(last);
            assertThat(followed.odd).filteredOn(text -> text.contains("late")).isEmpty();
        }
        assertThat(recalled(config)).containsExactlyInAnyOrderElementsOf(last);
        alter(config, Topics.settings(Stream.FINDINGS));
        try (Session session = Session.open(config, Samples.settings(config), Map.of(), Samples.OURS)) {
            assertThat(told).allMatch(session.published()::covers);
            assertThat(session.published().covers(Samples.finding("pool-0", 1, 43)))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("F97: the state is in the topics alone: no group is used, and a reader's that is lost changes nothing")
    void theStateIsInTheTopicsAlone() throws Exception {
        KafkaConfig config = Samples.config(kafka.bootstrap(), "groups.");
        List<Event> told = Samples.findings(5, 1, 1, 3);
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1);
                Admin admin = Admin.create(Samples.settings(config).admin())) {
            publishing.tell(told);
            awaitMarks(config, told);
            List<String> recalled = recalled(config);
            assertThat(recalled).containsExactlyInAnyOrderElementsOf(Reader.marks(told.subList(10, 15)));
            try (Followed followed = Followed.start(config, Topic.FINDINGS)) {
                assertThat(followed.backlog.join().records()).isEqualTo(15);
                assertThat(admin.listGroups().all().get())
                        .as("with publisher, tail and reader at work")
                        .isEmpty();
            }

            commit("pipeline", "groups.findings");
            assertThat(admin.listGroups().all().get()).hasSize(1);
            assertThat(recalled(config)).containsExactlyInAnyOrderElementsOf(recalled);
            admin.deleteConsumerGroups(List.of("pipeline")).all().get();

            assertThat(recalled(config)).containsExactlyInAnyOrderElementsOf(recalled);
            try (Followed followed = Followed.start(config, Topic.FINDINGS)) {
                assertThat(followed.backlog.join().records()).isEqualTo(15);
            }
            publishing.tell(Samples.findings(5, 1, 4, 1));
            awaitMarks(config, concat(told, Samples.findings(5, 1, 4, 1)));
        }
    }

    /* As a start reads them, but for the record that tells of it. */
    private static List<String> recalled(KafkaConfig config) throws Exception {
        Recall recall = new Recall(Samples.OURS);
        try (Admin admin = Admin.create(Samples.settings(config).admin())) {
            new TopicReader(Samples.settings(config).consumer(), Samples.OURS)
                    .read(new Topics(admin, config).existing(), Set.of(), (record, offset) -> recall.add(record));
        }
        return recall.taken(0).records().stream()
                .map(record -> record.key() + " " + record.epoch() + "/" + record.seq())
                .toList();
    }

    /** Somebody's pipeline keeps its place. */
    private static void commit(String group, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrap(), "group.id", group);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            int partition = BinaryMode.partition("eu-1", Samples.PARTITIONS);
            consumer.commitSync(Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(7)));
        }
    }

    private static void awaitMarks(KafkaConfig config, List<Event> told) {
        await("the topic")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(Reader.marks(config.bootstrap(), config.topicPrefix() + "findings"))
                        .isEqualTo(Reader.marks(told)));
    }

    private static List<Event> concat(List<Event> one, List<Event> other) {
        List<Event> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    private static void alter(KafkaConfig config, Map<String, String> settings) throws Exception {
        List<AlterConfigOp> changes = new ArrayList<>();
        settings.forEach((name, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        Map<ConfigResource, Collection<AlterConfigOp>> all = new HashMap<>();
        all.put(new ConfigResource(ConfigResource.Type.TOPIC, config.topicPrefix() + "findings"), changes);
        try (Admin admin = Admin.create(Samples.settings(config).admin())) {
            admin.incrementalAlterConfigs(all).all().get();
        }
    }
}
