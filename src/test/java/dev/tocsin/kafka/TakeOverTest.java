package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.broker.SharedKafka;
import dev.tocsin.broker.TestKafka;
import dev.tocsin.bus.Recalled;
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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is read of the topics of a real broker before our first word, and after it. */
@ExtendWith(TestKafka.class)
class TakeOverTest {
    private static final Set<String> OURS = Set.of("eu-1", "node-1");

    @Test
    void theLastRecordOfEachKeyOfOursIsRecalled(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka.bootstrap(), "recall.");
        assertThat(takeOver(config).run(0)).as("there are no topics yet").isEqualTo(Recalled.NOTHING);
        try (Session session = Session.open(config, settings(config), Map.of(), OURS)) {
            send(session, end("x", "eu-1", 3, 1));
            send(session, end("y", "eu-1", 3, 1));
            send(session, end("x", "eu-1", 4, 2));
            send(session, end("x", "eu-1", 3, 9));
            send(session, end("z", "us-1", 8, 1));
        }

        Recalled recalled = takeOver(config).run(0);

        assertThat(recalled.records())
                .extracting(record -> record.key() + " " + record.epoch() + "/" + record.seq())
                .as("neither a fenced elder's late word nor another node's")
                .containsExactlyInAnyOrder("x 4/2", "y 3/1");
        assertThat(recalled.epoch()).isEqualTo(5);
    }

    @Test
    void whatAnElderStillWritesIsRecalledAndItHearsOfUs(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka.bootstrap(), "elder.");
        try (Session elder = Session.open(config, settings(config), Map.of(), OURS)) {
            send(elder, end("x", "eu-1", 3, 1));
            CompletableFuture<String> lastWord = new CompletableFuture<>();
            elder.tail().start(3, new Noted() {
                @Override
                public void later(long epoch) {
                    /* As what was on its way would arrive. */
                    send(elder, end("last word", "eu-1", 3, 2));
                    lastWord.complete("said " + epoch);
                }
            });

            Recalled recalled = takeOver(config).run(0);

            assertThat(lastWord).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("said 4");
            assertThat(recalled.records())
                    .extracting(record -> record.key() + " " + record.epoch() + "/" + record.seq())
                    .containsExactlyInAnyOrder("x 3/1", "last word 3/2");
            assertThat(recalled.epoch()).isEqualTo(4);
        }
    }

    @Test
    void ofTwoThatStartAtOneMomentOneGoesOn(SharedKafka kafka) throws Exception {
        for (int round = 0; round < 5; round++) {
            KafkaConfig config = config(kafka.bootstrap(), "twins" + round + ".");
            Session.open(config, settings(config), Map.of(), OURS).close();
            CyclicBarrier start = new CyclicBarrier(2);
            Callable<Long> starter = () -> {
                start.await();
                try {
                    return takeOver(config).run(0).epoch();
                } catch (Fenced fenced) {
                    return 0L;
                }
            };
            ExecutorService both = Executors.newFixedThreadPool(2);
            Future<Long> one = both.submit(starter);
            Future<Long> other = both.submit(starter);
            both.shutdown();

            assertThat(List.of(one.get(), other.get())).doesNotHaveDuplicates();
        }
    }

    @Test
    void aStartIsKeptBeforeTheTopicsAreToldOfIt(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka.bootstrap(), "kept.");
        Session.open(config, settings(config), Map.of(), OURS).close();
        AtomicLong kept = new AtomicLong();

        assertThatThrownBy(() -> takeOver(config, epoch -> {
                            kept.set(epoch);
                            throw new IllegalStateException("killed");
                        })
                        .run(7))
                .hasMessage("killed");

        assertThat(kept).hasValue(8);
        assertThat(takeOver(config).run(7).epoch()).as("nobody was told of 8").isEqualTo(8);
    }

    @Test
    void anAddressThatRefusesIsNotWaitedFor() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        KafkaConfig config = config("127.0.0.1:" + port, "away.");
        long from = System.nanoTime();

        assertThatThrownBy(() -> takeOver(config).run(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + port);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theTailHearsOfALaterStartOfOursAndOfALateWord(SharedKafka kafka) throws Exception {
        KafkaConfig config = config(kafka.bootstrap(), "tail.");
        Noted noted = new Noted();
        try (Session session = Session.open(config, settings(config), Map.of(), OURS)) {
            send(session, end("old", "eu-1", 3, 1));
        }

        try (Session session = Session.open(config, settings(config), Map.of(), OURS)) {
            session.tail().start(4, noted);
            send(session, end("x", "eu-1", 4, 1));
            send(session, end("y", "us-1", 9, 1));
            send(session, end("new", "eu-1", 3, 1));
            send(session, end("old", "eu-1", 2, 9));
            send(session, end("old", "eu-1", 3, 2));
            send(session, end("x", "eu-1", 5, 2));

            await().until(() -> noted.heard.size() == 2);
            assertThat(noted.heard)
                    .as("\"new\" is what an earlier start of ours had in its files, as far as can be known")
                    .containsExactly("late old", "later 5");
        }
    }

    private static void send(Session session, Event event) {
        String topic = session.topics().get(event.stream()).name();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, BinaryMode.key(event), BinaryMode.value(event));
        BinaryMode.headers(event)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            session.producer().send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static Event end(String key, String cluster, long epoch, long seq) {
        Instant at = Instant.parse("2026-11-20T10:00:00Z").plusSeconds(seq);
        return new Event.OfTombstone(
                new Tombstone(Stream.FINDINGS, key, List.of(cluster, "prom-a"), cluster, at, epoch, seq));
    }

    private static TakeOver takeOver(KafkaConfig config) {
        return takeOver(config, epoch -> {});
    }

    private static TakeOver takeOver(KafkaConfig config, LongConsumer keeps) {
        return new TakeOver(config, settings(config), "node-1", OURS, keeps);
    }

    private static ClientSettings settings(KafkaConfig config) {
        return new ClientSettings(config, new SecretReader(Map.of()));
    }

    private static KafkaConfig config(String bootstrap, String prefix) {
        return new KafkaConfig(bootstrap, prefix, 3, 1, null, null, Map.of());
    }
}
