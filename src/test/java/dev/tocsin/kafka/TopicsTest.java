package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.SharedKafka;
import dev.tocsin.broker.TestKafka;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics of a real broker, as the publisher makes, checks and reads them. */
@ExtendWith(TestKafka.class)
class TopicsTest {
    @Test
    void topicsThatAreMissingAreMadeAndStay(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka, "made.");
        try (Admin admin = Admin.create(settings(config).admin())) {
            Map<Stream, Topics.Topic> made = new Topics(admin, config).ready();

            assertThat(made.get(Stream.HEALTH).name()).isEqualTo("made.health");
            assertThat(made).hasSize(4).allSatisfy((stream, topic) -> assertThat(topic.partitions())
                    .isEqualTo(3));
            assertThat(new Topics(admin, config).ready()).isEqualTo(made);
        }
    }

    @Test
    void aTopicThatIsWrongIsSaidWithTheCommandThatMendsIt(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka, "wrong.");
        try (Admin admin = Admin.create(settings(config).admin())) {
            Topics topics = new Topics(admin, config);
            topics.ready();
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "wrong.outages");
            admin.incrementalAlterConfigs(Map.of(
                            topic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();

            /* A broker hears of it after it was acknowledged. */
            await().untilAsserted(() -> assertThatThrownBy(topics::ready)
                    .isInstanceOf(TopicsWrong.class)
                    .hasMessage(wrong(" --bootstrap-server " + config.bootstrap())));
            KafkaConfig secured = new KafkaConfig(
                    "kafka:9093", "wrong.", 3, 1, new TlsConfig(null, null, null, null, false), null, Map.of());
            assertThatThrownBy(new Topics(admin, secured)::ready)
                    .hasMessage(wrong(" --bootstrap-server kafka:9093 --command-config conf/kafka/client.properties"));
        }
    }

    private static String wrong(String reached) {
        return "topic wrong.outages: got cleanup.policy=delete, want cleanup.policy=compact: kafka-configs.sh" + reached
                + " --alter --entity-type topics --entity-name wrong.outages --add-config cleanup.policy=compact";
    }

    @Test
    void whatIsInTheTopicsIsReadToTheirEnd(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka, "read.");
        try (Session session = Session.open(config, settings(config), Map.of(), Set.of("eu-1"))) {
            assertThat(session.published().epoch()).isZero();
            for (long seq = 1; seq <= 3; seq++) {
                send(session, end(seq));
            }
            session.producer()
                    .send(new ProducerRecord<>(
                            "read.findings", new byte[] {1}, "no record of ours".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        try (Session session = Session.open(config, settings(config), Map.of(), Set.of("eu-1"))) {
            assertThat(session.published().epoch()).isEqualTo(7);
            assertThat(session.published().covers(end(3))).isTrue();
            assertThat(session.published().covers(end(4))).isFalse();
            assertThat(session.sameTopics()).isTrue();
            assertThat(session.anew()).isEmpty();
        }
        try (Session session = Session.open(config, settings(config), Map.of(), Set.of("us-1"))) {
            assertThat(session.published().epoch()).as("of another node").isZero();
        }
    }

    private static void send(Session session, Event event) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("read.findings", 0, BinaryMode.key(event), BinaryMode.value(event));
        BinaryMode.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        session.producer().send(record).get();
    }

    private static Event end(long seq) {
        Instant at = Instant.parse("2026-11-20T10:00:00Z").plusSeconds(seq);
        return new Event.OfTombstone(
                new Tombstone(Stream.FINDINGS, "x", List.of("eu-1", "prom-a"), "eu-1", at, 7, seq));
    }

    private static ClientSettings settings(KafkaConfig config) {
        return new ClientSettings(config, new SecretReader(Map.of()));
    }

    private static KafkaConfig config(SharedKafka kafka, String prefix) {
        return new KafkaConfig(kafka.bootstrap(), prefix, 3, 1, null, null, Map.of());
    }
}
