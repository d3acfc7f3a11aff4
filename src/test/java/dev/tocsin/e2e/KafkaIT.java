package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands in the topics of a real broker, whatever ends on the way there. */
final class KafkaIT {
    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @AfterEach
    void end() {
        kafka.close();
    }

    @Test
    @DisplayName("F61: outages that come and go while Kafka is away, and while we are killed, all arrive once")
    void outagesThatComeAndGoWhileKafkaIsAwayAllArriveOnce() {
        world.serve(Map.of("checkout", 4, "node", 3));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));

        kafka.start();
        awaitTopicsSayWhatTheLogSays();
        world.job("checkout").forEach(Exporter::up);
        world.awaitOpen(Map.of());
        awaitTopicsSayWhatTheLogSays();
        kafka.kill();
        world.job("node").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("node", "job"));
        world.tocsin().kill();
        world.tocsin().start();
        world.job("node").forEach(Exporter::up);
        world.awaitOpen(Map.of());
        kafka.start();

        awaitTopicsSayWhatTheLogSays();
        Invariants.everyOutageOpensOnceAndEndsOnce(kafka.read("tocsin.outages"));
        assertThat(world.tocsin().logged("kafka away")).isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("F91: a topic that is deleted is made anew, with all that the log has")
    void aTopicThatIsDeletedIsMadeAnew() {
        kafka.start();
        world.serve(Map.of("checkout", 3));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        awaitTopicsSayWhatTheLogSays();

        kafka.delete("tocsin.outages");
        kafka.delete("tocsin.health");

        Awaitility.await("the topics anew")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> !kafka.read("tocsin.outages").isEmpty());
        awaitTopicsSayWhatTheLogSays();
        assertThat(kafka.read("tocsin.health"))
                .allMatch(event -> event.data().path("snapshot").asBoolean() || event.epoch() > 1);
    }

    /* Outages and findings are the log's, one by one and in order: their cluster is on one partition. Of health readers
     * have the last of each target, and count what was merged. */
    private void awaitTopicsSayWhatTheLogSays() {
        Awaitility.await("the topics")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    for (String stream : List.of("outages", "findings")) {
                        assertThat(ids(kafka.read("tocsin." + stream)))
                                .as(stream)
                                .isEqualTo(ids(world.tocsin().log().read(stream)));
                    }
                    List<Event> health = kafka.read("tocsin.health");
                    Invariants.seqIsGapless(health);
                    assertThat(last(health)).isEqualTo(last(world.tocsin().log().read("health")));
                });
        assertThat(kafka.read("tocsin.watermarks")).allMatch(Event::watermark);
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::eventId).toList();
    }

    private static Map<String, String> last(List<Event> events) {
        Map<String, String> last = new HashMap<>();
        events.forEach(event -> last.put(event.key(), event.epoch() + "/" + event.seq() + " " + event.to()));
        return last;
    }
}
