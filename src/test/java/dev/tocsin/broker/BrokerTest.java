package dev.tocsin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BrokerTest {
    @TempDir
    Path folder;

    @Test
    void aBrokerStartedAgainOnItsDataHasWhatItAcknowledged() throws Exception {
        int port = TestPorts.free();
        try (Broker broker = InProcess.start(folder, port, Map.of())) {
            Words.create(broker.bootstrap());
            Words.tell(broker.bootstrap(), "kept");
        }

        try (Broker again = InProcess.start(folder, port, Map.of())) {
            assertThat(again.bootstrap()).isEqualTo("127.0.0.1:" + port);
            assertThat(Words.of(again.bootstrap())).containsExactly("kept");
        }
    }

    @Test
    void aTopicIsMadeByThoseWhoKnowHowItMustBe() throws Exception {
        try (Broker broker = InProcess.start(folder, TestPorts.free(), Map.of());
                Admin admin = Words.admin(broker.bootstrap())) {
            assertThatThrownBy(() -> Words.tell(broker.bootstrap(), "to nobody"))
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
        try (Admin admin = Words.admin(one.bootstrap())) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }
}
