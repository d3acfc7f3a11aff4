package dev.tocsin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BrokerTest {
    private static final TopicPartition WORDS = new TopicPartition("words", 0);

    @TempDir
    Path folder;

    @Test
    void aBrokerStartedAgainOnItsDataHasWhatItAcknowledged() throws Exception {
        int port = TestPorts.free();
        try (Broker broker = InProcess.start(folder, port, Map.of())) {
            createWords(broker.bootstrap());
            tell(broker.bootstrap(), "kept");
        }

        try (Broker again = InProcess.start(folder, port, Map.of())) {
            assertThat(again.bootstrap()).isEqualTo("127.0.0.1:" + port);
            assertThat(words(again.bootstrap())).containsExactly("kept");
        }
    }

    @Test
    void aTopicIsMadeByThoseWhoKnowHowItMustBe() throws Exception {
        try (Broker broker = InProcess.start(folder, TestPorts.free(), Map.of());
                Admin admin = admin(broker.bootstrap())) {
            assertThatThrownBy(() -> tell(broker.bootstrap(), "to nobody"))
                    .rootCause()
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    @Test
    void aFolderThatIsAFileIsToldWithItsName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> InProcess.start(file, TestPorts.free(), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void freePortsAreThoseWhereNobodyListens() throws IOException {
        try (ServerSocket taken = new ServerSocket(TestPorts.free(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(LoopbackPorts.freeFrom(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    @ExtendWith(TestKafka.class)
    void testsShareOneKafka(SharedKafka one, SharedKafka other) throws Exception {
        assertThat(one).isSameAs(other);
        try (Admin admin = admin(one.bootstrap())) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    private static void createWords(String bootstrap) throws Exception {
        try (Admin admin = admin(bootstrap)) {
            admin.createTopics(List.of(new NewTopic(WORDS.topic(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void tell(String bootstrap, String word) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "max.block.ms", 2_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(WORDS.topic(), 0, "key", word)).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> words(String bootstrap) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(WORDS));
            consumer.seekToBeginning(List.of(WORDS));
            return consumer.poll(Duration.ofSeconds(20)).records(WORDS).stream()
                    .map(found -> found.value())
                    .toList();
        }
    }

    private static Admin admin(String bootstrap) {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }
}
