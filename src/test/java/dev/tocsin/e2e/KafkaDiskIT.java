package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the topics have after a disk of the broker was full: it ends for that, and is started again when there is room. */
final class KafkaDiskIT {
    private final RealKafka kafka = new RealKafka();
    private final Witness witness = Witness.at(kafka.bootstrap());

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @Test
    @DisplayName("F90: a broker whose disk is full delays what Kafka is told, and loses nothing")
    void aBrokerWhoseDiskIsFullDelaysWhatKafkaIsTold() {
        if (Kernel.lacks("tmpfs", "a full disk of the broker")) {
            return;
        }
        SmallDisk disk = world.endsWith(new SmallDisk(kafka.data(), 65_536));
        world.endsWith(kafka).start();
        world.serve(Map.of("checkout", 4, "node", 3));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());

        disk.fill();
        kafka.awaitEnd(ofSeconds(60));
        world.job("checkout").forEach(Exporter::up);
        world.job("node").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("node", "job"));
        Awaitility.await("it says so")
                .atMost(ofSeconds(30))
                .until(() -> world.tocsin().logged("kafka away: the log goes on") > 0);
        disk.free();
        kafka.start();
        world.job("node").forEach(Exporter::up);
        world.awaitLogSays(Map.of());

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        assertThat(witness.account(world.tocsin().log()).mistakes()).isEmpty();
        assertThat(world.tocsin().logged("kafka takes records again")).isEqualTo(1);
    }
}
