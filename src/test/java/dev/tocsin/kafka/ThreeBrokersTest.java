package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.ThreeKafkas;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topics of a cluster have when brokers of it come and go. */
class ThreeBrokersTest {
    private static final int SUBJECTS = 20;

    @TempDir
    static Path folder;

    private static ThreeKafkas kafkas;

    private final List<Event> told = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        kafkas = ThreeKafkas.start(folder);
    }

    @AfterAll
    static void end() {
        kafkas.close();
    }

    @Test
    @DisplayName(
            "F84: a leader killed under load is another broker's turn: every record once, in order, in one session")
    void aLeaderKilledUnderLoadIsAnotherBrokersTurn() throws Exception {
        KafkaConfig config = config("led.", 3);
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1)) {
            tell(publishing);
            awaitTopicHas(config);
            require(config, 2);
            int leader = partition(config).leader().id();
            for (int i = 0; i < 20; i++) {
                tell(publishing);
            }
            kafkas.kill(leader);
            for (int i = 0; i < 20; i++) {
                tell(publishing);
            }

            awaitTopicHas(config);

            assertThat(partition(config).leader().id()).isNotEqualTo(leader);
            assertThat(publishing.meter("tocsin.kafka.sessions")).isOne();
            kafkas.startAgain(leader);
        }
    }

    @Test
    @DisplayName("brokers that answer and take nothing get a new session now and then, and in the end each record once")
    void brokersThatAnswerAndTakeNothingGetANewSession() throws Exception {
        KafkaConfig config = config("short.", 2);
        try (Publishing publishing = Publishing.start(config, Samples.OURS, 1)) {
            tell(publishing);
            awaitTopicHas(config);
            require(config, 2);
            int leader = partition(config).leader().id();
            int other = partition(config).replicas().stream()
                    .mapToInt(replica -> replica.id())
                    .filter(id -> id != leader)
                    .findFirst()
                    .orElseThrow();
            kafkas.kill(other);
            await("only the leader is left")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> partition(config).isr().size() == 1);
            tell(publishing);
            tell(publishing);
            await("a new session")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> publishing.meter("tocsin.kafka.sessions") > 1);

            kafkas.startAgain(other);

            awaitTopicHas(config);
            assertThat(publishing.away("no acknowledgement for")).isOne();
        }
    }

    private void tell(Publishing publishing) {
        List<Event> events = Samples.findings(SUBJECTS, 1, 1 + told.size() / SUBJECTS, 1);
        told.addAll(events);
        publishing.tell(events);
    }

    private void awaitTopicHas(KafkaConfig config) {
        await("the topic")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(Reader.marks(config.bootstrap(), config.topicPrefix() + "findings"))
                        .isEqualTo(Reader.marks(told)));
    }

    private static KafkaConfig config(String prefix, int replication) {
        return new KafkaConfig(kafkas.bootstrap(), prefix, 1, replication, null, null, Map.of());
    }

    /** The partition of what is told. */
    private TopicPartitionInfo partition(KafkaConfig config) throws Exception {
        String topic = config.topicPrefix() + "findings";
        try (Admin admin = Admin.create(Samples.settings(config).admin())) {
            return Objects.requireNonNull(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic))
                    .get()
                    .partitions()
                    .get(BinaryMode.partition(told.get(0).partitionKey(), 1));
        }
    }

    /** Lets it take no record that is not on so many brokers. */
    private static void require(KafkaConfig config, int brokers) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, config.topicPrefix() + "findings");
        var change = new AlterConfigOp(
                new ConfigEntry("min.insync.replicas", Integer.toString(brokers)), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Samples.settings(config).admin())) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
        }
    }
}
