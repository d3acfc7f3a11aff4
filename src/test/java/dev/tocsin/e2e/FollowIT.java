package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.broker.SharedKafka;
import dev.tocsin.broker.TestKafka;
import dev.tocsin.follow.Records;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RandomRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code follow} on a real Kafka, whose records are made by hand. */
@ExtendWith(TestKafka.class)
final class FollowIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final SharedKafka kafka;
    private final String prefix = "t" + UUID.randomUUID() + ".";
    private final KafkaProducer<byte[], byte[]> producer;
    private Child child;

    FollowIT(SharedKafka kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @BeforeEach
    void topics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(Stream.of("health", "outages", "findings", "watermarks")
                            .map(name -> new NewTopic(prefix + name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        Files.writeString(
                folder.resolve("tocsin.yaml"),
                "sources: [{kind: prometheus, url: \"http://h:1\"}]\nkafka: {bootstrap: \"" + kafka.bootstrap()
                        + "\", topic_prefix: " + prefix + "}\n");
    }

    @AfterEach
    void end() {
        producer.close();
        if (child != null && child.alive()) {
            child.killAndWait();
        }
    }

    @Test
    void everyRecordIsTheLineThatTheMonitorWritesOfIt() throws Exception {
        RandomRecords random = new RandomRecords(42);
        List<JsonNode> written = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (written.size() < 300) {
            Event event = random.event();
            if (!keys.add(event.stream() + event.key())) {
                continue;
            }
            written.add(JSON.readTree(CloudEvents.line(event)));
            send(event);
        }

        follow("-o", "ndjson", "--streams", "health,outages,findings,watermarks");
        await("read to the end: 300 records");

        assertThat(out().lines().map(FollowIT::tree)).containsExactlyInAnyOrderElementsOf(written);
        assertThat(terminated()).isZero();
        assertThat(err()).endsWith("follow: stopped after 300 records, 0 repeated, 0 late, 0 missing, 0 unreadable");
    }

    @Test
    void theTableOfTheBacklogComesFirstAndThenEveryChange() throws Exception {
        HealthDelta delta = new RandomRecords(1).delta();
        for (int seq = 1; seq <= 50; seq++) {
            send(at(delta, 1, seq, 0));
        }

        follow("--streams", "health");
        await("now live");
        List<String> table = out().lines().toList();
        send(at(delta, 1, 51, 0));
        Awaitility.await("the change")
                .atMost(ofSeconds(20))
                .until(() -> out().lines().count() > table.size());

        assertThat(table.get(0)).startsWith("health: 1 ");
        assertThat(table).hasSizeLessThanOrEqualTo(2);
        assertThat(out()).doesNotContain("\u001b").contains(" in ");
        assertThat(terminated()).isZero();
    }

    @Test
    void whatIsOddInTheTopicsIsTold() throws Exception {
        HealthDelta delta = new RandomRecords(2).delta();
        send(at(delta, 2, 1, 0));
        send(at(delta, 2, 1, 0));
        send(at(delta, 2, 4, 1));
        send(at(delta, 1, 5, 0));
        producer.send(new ProducerRecord<>(prefix + "health", 0, new byte[] {1}, new byte[] {2}))
                .get();

        follow("--streams", "health", "-o", "ndjson");
        await("read to the end: 5 records, 1 repeated, 1 late, 1 missing, 1 unreadable; now live");

        assertThat(out().lines()).hasSize(2);
        assertThat(err())
                .contains(": repeated: ", " epoch 2 seq 1\n")
                .contains(": missing: 1 before ", " epoch 2 seq 4\n")
                .contains(": late: ", " epoch 1 seq 5, but epoch 2 has taken over\n")
                .contains(": passed over: header ce_type: got none, want one\n");
    }

    @Test
    void fromNowOnIsWithoutTheBacklog() throws Exception {
        HealthDelta delta = new RandomRecords(3).delta();
        send(at(delta, 1, 1, 0));

        follow(
                "--streams",
                "health",
                "--from",
                "now",
                "-o",
                "ndjson",
                "--job",
                delta.target().job());
        await("read to the end: 0 records");
        send(new Event.OfHealth(new RandomRecords(4).delta()));
        send(at(delta, 1, 2, 0));
        Awaitility.await("the change").atMost(ofSeconds(20)).until(() -> !out().isEmpty());

        assertThat(out().lines()).hasSize(1).allMatch(line -> line.contains("\"sequence\":\"00000000000000000002\""));
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        Ran ran = Ran.jar(folder, "follow", "--kafka", kafka.bootstrap());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("follow: topic tocsin.findings: not there")
                .hasLineCount(1);
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() {
        Ran ran = Ran.jar(folder, "follow", "--kafka", "127.0.0.1:1");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("follow: kafka at 127.0.0.1:1: no answer within 10s")
                .hasLineCount(1);
    }

    @Test
    void aNameThatDoesNotResolveIsNamed() {
        Ran ran = Ran.jar(folder, "follow", "--kafka", "nowhere.invalid:9092");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("follow: kafka: No resolvable bootstrap urls")
                .hasLineCount(1);
    }

    private void follow(String... options) {
        List<String> arguments = new ArrayList<>(List.of("follow", "-c", "tocsin.yaml"));
        arguments.addAll(List.of(options));
        child = Child.start(
                "follow",
                TocsinProcess.command(arguments.toArray(String[]::new)),
                folder,
                folder.resolve("err.txt"),
                ProcessBuilder.Redirect.to(folder.resolve("out.txt").toFile()));
    }

    private void send(Event event) throws InterruptedException, ExecutionException {
        producer.send(Records.of(prefix, event)).get();
    }

    private static Event at(HealthDelta delta, long epoch, long seq, int coalesced) {
        return new Event.OfHealth(new HealthDelta(
                delta.target(), delta.from(), delta.to(), delta.evidence(), epoch, seq, coalesced, false, false));
    }

    private void await(String said) {
        Awaitility.await(said).atMost(ofSeconds(30)).until(() -> err().contains(said));
    }

    private int terminated() {
        child.signal("TERM");
        return child.exitCode(ofSeconds(10));
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private String err() {
        return Child.tail(folder.resolve("err.txt"), 50);
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
