package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.SharedKafka;
import dev.tocsin.broker.TestKafka;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is read of the topics of a real broker before our first word, and after it. */
@ExtendWith(TestKafka.class)
class RecallTest {
    private static final Set<String> OURS = Set.of("eu-1", "node-1");

    @Test
    void theLastRecordOfEachKeyOfOursIsRecalled(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka.bootstrap(), "recall.");
        assertThat(new Recall(config, settings(config), OURS).read().records())
                .as("there are no topics yet")
                .isEmpty();
        try (Session session = Session.open(config, settings(config), Map.of(), OURS)) {
            send(session, end("x", "eu-1", 3, 1));
            send(session, end("y", "eu-1", 3, 1));
            send(session, end("x", "eu-1", 4, 2));
            send(session, end("x", "eu-1", 3, 9));
            send(session, end("z", "us-1", 8, 1));
        }

        assertThat(new Recall(config, settings(config), OURS).read().records())
                .extracting(record -> record.key() + " " + record.epoch() + "/" + record.seq())
                .as("neither a fenced elder's late word nor another node's")
                .containsExactlyInAnyOrder("x 4/2", "y 3/1");
    }

    @Test
    void anAddressThatRefusesIsNotWaitedFor() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        KafkaConfig config = config("127.0.0.1:" + port, "away.");
        long from = System.nanoTime();

        assertThatThrownBy(() -> new Recall(config, settings(config), OURS).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + port);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theTailHearsOfALaterStartOfOursAndOfALateWord(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka.bootstrap(), "tail.");
        List<String> heard = new CopyOnWriteArrayList<>();
        Tail.Ears ears = new Tail.Ears() {
            @Override
            public void later(long epoch) {
                heard.add("later " + epoch);
            }

            @Override
            public void late(String key) {
                heard.add("late " + key);
            }
        };
        try (Session session = Session.open(config, settings(config), Map.of(), OURS)) {
            send(session, end("old", "eu-1", 3, 1));
        }

        try (Session session = Session.open(config, settings(config), Map.of(), OURS)) {
            session.tail().start(4, ears);
            send(session, end("x", "eu-1", 4, 1));
            send(session, end("y", "us-1", 9, 1));
            send(session, end("new", "eu-1", 3, 1));
            send(session, end("old", "eu-1", 2, 9));
            send(session, end("old", "eu-1", 3, 2));
            send(session, end("x", "eu-1", 5, 2));

            await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly("late old", "later 5");
        }
    }

    private static void send(Session session, Event event) throws Exception {
        String topic = session.topics().get(event.stream()).name();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, BinaryMode.key(event), BinaryMode.value(event));
        BinaryMode.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        session.producer().send(record).get();
    }

    private static Event end(String key, String cluster, long epoch, long seq) {
        Instant at = Instant.parse("2026-11-20T10:00:00Z").plusSeconds(seq);
        return new Event.OfTombstone(
                new Tombstone(Stream.FINDINGS, key, List.of(cluster, "prom-a"), cluster, at, epoch, seq));
    }

    private static ClientSettings settings(KafkaConfig config) {
        return new ClientSettings(config, new SecretReader(Map.of()));
    }

    private static KafkaConfig config(String bootstrap, String prefix) {
        return new KafkaConfig(bootstrap, prefix, 3, 1, null, null, Map.of());
    }
}
