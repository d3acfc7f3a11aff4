package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.broker.SharedKafka;
import dev.tocsin.broker.TestKafka;
import dev.tocsin.follow.Records;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RandomRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The readers in other languages that the README shows, on a real Kafka. */
@ExtendWith(TestKafka.class)
final class ReaderIT {
    @TempDir
    Path folder;

    private final SharedKafka kafka;
    private final String prefix = "r" + UUID.randomUUID() + ".";
    private final KafkaProducer<byte[], byte[]> producer;
    private Child child;

    ReaderIT(SharedKafka kafka) throws Exception {
        this.kafka = kafka;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(prefix + "outages", 3, (short) 1)))
                    .all()
                    .get();
        }
        /* Compressed as ours are: a reader must be able to. */
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void end() {
        producer.close();
        if (child != null && child.alive()) {
            child.killAndWait();
        }
    }

    @Test
    void theOneInPythonFoldsTheTopic() throws Exception {
        Outage outage = new RandomRecords(5).outage();
        String key = new Event.OfOutage(outage).key();
        send(at(outage, 2, 1));
        send(at(outage, 2, 1));
        send(at(outage, 2, 4));
        send(at(outage, 1, 5));
        send(end(key, outage, 5));

        child = Child.start(
                "reader",
                List.of(
                        python(),
                        Path.of("conf/kafka/reader.py").toAbsolutePath().toString(),
                        kafka.bootstrap(),
                        prefix + "outages"),
                folder,
                folder.resolve("err.txt"),
                ProcessBuilder.Redirect.to(folder.resolve("out.txt").toFile()));
        Awaitility.await("the tombstone").atMost(ofSeconds(30)).until(() -> out().contains("\"state\": null"));

        assertThat(out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"key\": \"" + key + "\", "));
        assertThat(Child.tail(folder.resolve("err.txt"), 20)).isEqualTo("gap before " + key + " 2 4");
    }

    @Test
    void kcatShowsKeyHeadersAndValue() throws Exception {
        Outage outage = new RandomRecords(5).outage();
        send(at(outage, 2, 1));

        Ran ran = Ran.tool(
                folder,
                List.of(
                        Tool.KCAT.path(),
                        "-b",
                        kafka.bootstrap(),
                        "-C",
                        "-t",
                        prefix + "outages",
                        "-o",
                        "beginning",
                        "-e",
                        "-q",
                        "-f",
                        "%k %h\\n%s\\n"));

        Event event = at(outage, 2, 1);
        List<String> lines = ran.out().lines().toList();
        assertThat(lines.get(0))
                .startsWith(event.key() + " ")
                .contains("ce_type=dev.tocsin.outage.v1", "ce_sequence=00000000000000000001", "ce_tocsinepoch=2");
        assertThat(new ObjectMapper().readTree(lines.get(1)))
                .isEqualTo(new ObjectMapper().readTree(CloudEvents.data(event)));
    }

    private void send(Event event) throws Exception {
        producer.send(Records.of(prefix, event)).get();
    }

    private static Event at(Outage o, long epoch, long seq) throws IOException {
        /* Only what a reader sees of it matters. */
        String line = new String(CloudEvents.line(new Event.OfOutage(o)), StandardCharsets.UTF_8)
                .replaceFirst("\"sequence\":\"\\d+\"", "\"sequence\":\"" + String.format("%020d", seq) + "\"")
                .replaceFirst("\"tocsinepoch\":\\d+", "\"tocsinepoch\":" + epoch)
                .replaceFirst("\"epoch\":\\d+,\"seq\":\\d+", "\"epoch\":" + epoch + ",\"seq\":" + seq);
        try {
            return CloudEvents.read(line.getBytes(StandardCharsets.UTF_8)).event();
        } catch (dev.tocsin.wire.RecordRefused e) {
            throw new IOException(e);
        }
    }

    private static Event end(String key, Outage outage, long seq) {
        String cluster = outage.scope().cluster();
        return new Event.OfTombstone(
                new Tombstone(Stream.OUTAGES, key, List.of(cluster), cluster, Instant.EPOCH, 2, seq));
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    /* The machine's own has what its packages bring; another may stand before it on the PATH. */
    private String python() {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (Ran.tool(folder, List.of(python, "-c", "import confluent_kafka"))
                            .code()
                    == 0) {
                return python;
            }
        }
        return Objects.requireNonNull(fail("this test needs Kafka's client for Python; on Debian: apt-get install"
                + " --no-install-recommends python3-confluent-kafka"));
    }
}
