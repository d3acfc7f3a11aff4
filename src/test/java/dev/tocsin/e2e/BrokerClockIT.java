package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the wall clock under the broker. */
final class BrokerClockIT {
    private final RealKafka kafka = new RealKafka();
    private final Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrap());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @TempDir
    Path folder;

    @Test
    @DisplayName("F98: a broker whose clock jumps by hours and days takes every record, once and in order")
    void aBrokerWhoseClockJumpsTakesEveryRecord() throws Exception {
        WallClock clock = new WallClock(folder);
        world.endsWith(kafka).under(clock.command()).start();
        makeClock();
        world.serve(Map.of("checkout", 4, "node", 6));
        world.watch();

        jump(clock, "-3h", Duration.ofHours(-3));
        fallsAndRises("checkout");
        jump(clock, "+2d", Duration.ofDays(2));
        fallsAndRises("node");
        jump(clock, "+0", Duration.ZERO);
        fallsAndRises("checkout");

        assertThat(world.events().outages().filter(Event::opened)).hasSize(3);
        assertThat(world.tocsin().logged("kafka away")).isZero();
    }

    private void fallsAndRises(String job) {
        world.job(job).forEach(Exporter::refuse);
        world.awaitOpen(Map.of(job, "job"));
        world.job(job).forEach(Exporter::up);
        world.awaitOpen(Map.of());
        Witness.at(kafka.bootstrap()).awaitTopicsSayWhatIsIn(world.tocsin().log());
    }

    private void jump(WallClock clock, String offset, Duration from) {
        clock.set(offset);
        Awaitility.await("the broker's clock")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Duration.between(Instant.now().plus(from), brokerTime())
                                .abs()
                                .compareTo(Duration.ofMinutes(1))
                        < 0);
    }

    /* It stamps this topic's records by itself. */
    private void makeClock() throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("clock", 1, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        }
    }

    private Instant brokerTime() throws Exception {
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            return Instant.ofEpochMilli(
                    producer.send(new ProducerRecord<>("clock", "tick")).get().timestamp());
        }
    }
}
