package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.broker.ShippedCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics that somebody else made, for us or not. */
final class KafkaTopicsIT {
    private static final Pattern COMMAND = Pattern.compile("kafka-configs\\.sh [^;\"]*?--add-config [a-z0-9.,=]+");

    private final RealKafka kafka = new RealKafka();
    private final Witness witness = Witness.at(kafka.bootstrap());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @BeforeEach
    void start() {
        world.endsWith(kafka).start();
    }

    @Test
    @DisplayName("F85: a topic that is wrong is said with the command that mends it; played, publishing follows")
    void aTopicThatIsWrongIsSaidWithTheCommandThatMendsIt() throws Exception {
        make("tocsin.outages", Map.of("cleanup.policy", "delete"));
        world.serve(Map.of("checkout", 4));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        assertThat(witness.read("health")).isEmpty();
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);

        ShippedCommands.play(List.of(command().split(" ")));

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "F87: a topic that takes small records only has every record, those too large without their long fields")
    void aTopicThatTakesSmallRecordsOnlyHasEveryRecord() throws Exception {
        make("tocsin.health", settings("max.message.bytes", "2000"));
        List<Exporter> exporters = world.exporters().add("checkout", 4);
        world.server()
                .job("checkout")
                .discoverAt(
                        "checkout",
                        exporters.stream().map(KafkaTopicsIT::labels).toList());
        world.serve(Map.of(), 4);
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());

        List<Event> down = witness.read("health").stream()
                .filter(event -> event.to().equals("down"))
                .toList();
        /* On a busy machine a scrape may time out before one is refused: then a target has two. */
        assertThat(down.stream().map(Event::key).distinct()).hasSize(4);
        assertThat(down).allMatch(event -> event.data().path("truncated").asBoolean());
        assertThat(down).allMatch(event -> event.at("target.job").equals("checkout"));
        assertThat(down).allMatch(event -> event.data().at("/target/labels").isEmpty());
    }

    @Test
    void aTopicThatRefusesEveryRecordIsSaidOnceAndLeftInPeace() throws Exception {
        make("tocsin.health", settings("message.timestamp.before.max.ms", "1"));
        world.serve(Map.of("checkout", 4));
        world.watch();
        awaitLogged("kafka away");
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        world.awaitObserved(Duration.ofSeconds(10));
        assertThat(world.tocsin().logged("kafka away")).isEqualTo(1);
        assertThat(world.tocsin().logged("kafka takes records again")).isZero();
        assertThat(world.tocsin().logged("nobody expected")).isZero();

        alter("tocsin.health", "message.timestamp.before.max.ms", "9223372036854775807");

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        awaitLogged("kafka takes records again");
    }

    private void awaitLogged(String text) {
        Awaitility.await(text)
                .atMost(Duration.ofSeconds(30))
                .until(() -> world.tocsin().logged(text) > 0);
    }

    private void alter(String topic, String name, String value) throws ExecutionException, InterruptedException {
        var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                    .all()
                    .get();
        }
    }

    /* Random, for the producer compresses. */
    private static Map<String, String> labels(Exporter exporter) {
        var random = new Random(exporter.instance().hashCode());
        Map<String, String> labels =
                new HashMap<>(Map.of("__address__", exporter.address(0), "instance", exporter.instance()));
        for (int i = 0; i < 10; i++) {
            byte[] value = new byte[200];
            random.nextBytes(value);
            labels.put("label" + i, HexFormat.of().formatHex(value));
        }
        return labels;
    }

    private String command() {
        Awaitility.await("the command")
                .atMost(Duration.ofSeconds(20))
                .until(() -> COMMAND.matcher(world.tocsin().stderr()).find());
        Matcher command = COMMAND.matcher(world.tocsin().stderr());
        assertThat(command.find()).isTrue();
        return command.group();
    }

    private static Map<String, String> settings(String name, String value) {
        return Map.of(
                "cleanup.policy",
                "compact",
                "delete.retention.ms",
                "604800000",
                "segment.ms",
                "86400000",
                "min.compaction.lag.ms",
                "604800000",
                name,
                value);
    }

    private void make(String topic, Map<String, String> settings) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }
}
