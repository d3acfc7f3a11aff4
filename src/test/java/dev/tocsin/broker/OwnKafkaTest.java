package dev.tocsin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class OwnKafkaTest {
    @TempDir
    Path folder;

    private OwnKafka kafka;

    @BeforeEach
    void start() throws Exception {
        kafka = OwnKafka.start(folder, Map.of("message.max.bytes", "10000"));
        Words.create(kafka.bootstrap());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aBrokerIsKilledUnderAClientThatGoesOn() throws Exception {
        try (var producer = producer()) {
            send(producer, "before").get(20, TimeUnit.SECONDS);

            kafka.kill();
            Future<RecordMetadata> meanwhile = send(producer, "meanwhile");
            kafka.startAgain();
            meanwhile.get(40, TimeUnit.SECONDS);
        }

        assertThat(Words.of(kafka.bootstrap())).containsExactly("before", "meanwhile");
    }

    @Test
    void anAnswerThatIsLostWasCarriedOutOnce() throws Exception {
        try (var producer = producer()) {
            send(producer, "first").get(20, TimeUnit.SECONDS);

            kafka.proxy().loseAnswers();
            Future<RecordMetadata> unheard = send(producer, "unheard");
            await().until(() -> kafka.proxy().answersLost() > 0);
            assertThat(unheard).isNotDone();
            kafka.proxy().pass();
            unheard.get(40, TimeUnit.SECONDS);
        }

        assertThat(Words.of(kafka.bootstrap())).containsExactly("first", "unheard");
    }

    @Test
    void nothingMovesWhileItIsHeldOrFrozen() throws Exception {
        try (var producer = producer()) {
            send(producer, "first").get(20, TimeUnit.SECONDS);

            kafka.proxy().hold();
            Future<RecordMetadata> held = send(producer, "held");
            assertThatThrownBy(() -> held.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            kafka.proxy().pass();
            held.get(40, TimeUnit.SECONDS);

            kafka.freeze();
            Future<RecordMetadata> frozen = send(producer, "frozen");
            assertThatThrownBy(() -> frozen.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            kafka.thaw();
            frozen.get(40, TimeUnit.SECONDS);
        }

        assertThat(Words.of(kafka.bootstrap())).containsExactly("first", "held", "frozen");
    }

    @Test
    void whatIsCutComesBack() throws Exception {
        try (var producer = producer()) {
            send(producer, "first").get(20, TimeUnit.SECONDS);

            kafka.proxy().cut();
            Future<RecordMetadata> waiting = send(producer, "waiting");
            kafka.stop();
            kafka.startAgain();
            assertThat(waiting).isNotDone();
            kafka.proxy().pass();
            waiting.get(40, TimeUnit.SECONDS);
        }

        assertThat(Words.of(kafka.bootstrap())).containsExactly("first", "waiting");
    }

    @Test
    void itsSettingsAreTheTests() {
        try (var producer = producer()) {
            assertThatThrownBy(() -> send(producer, random(20_000)).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("larger than the max message size");
        }
    }

    /* What compresses is no large message. */
    private static String random(int characters) {
        return new Random(1)
                .ints(characters, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Future<RecordMetadata> send(KafkaProducer<String, String> producer, String word) {
        return producer.send(new ProducerRecord<>("words", 0, "key", word));
    }

    private KafkaProducer<String, String> producer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrap(),
                "acks", "all",
                "request.timeout.ms", 3_000,
                "metadata.recovery.strategy", "none",
                "compression.type", "lz4");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
