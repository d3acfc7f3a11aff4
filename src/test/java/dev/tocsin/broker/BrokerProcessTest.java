package dev.tocsin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BrokerProcessTest {
    @TempDir
    Path folder;

    @Test
    void aBrokerThatIsKilledHasWhatItAcknowledgedWhenStartedAgain() throws Exception {
        int port = TestPorts.free();
        try (BrokerProcess broker = BrokerProcess.start(folder, port, Map.of())) {
            Words.create(broker.bootstrap());
            Words.tell(broker.bootstrap(), "kept");
            broker.process().destroyForcibly().waitFor();
        }

        try (BrokerProcess again = BrokerProcess.start(folder, port, Map.of())) {
            assertThat(Words.of(again.bootstrap())).containsExactly("kept");
        }
    }

    @Test
    void aBrokerIsStoppedInOrder() throws Exception {
        BrokerProcess broker = BrokerProcess.start(folder, TestPorts.free(), Map.of());

        broker.close();

        assertThat(broker.ended().get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aBrokerEndsWithAParentThatIsKilled() throws Exception {
        Process parent = parent();
        String pid = parent.inputReader(StandardCharsets.UTF_8).readLine();
        ProcessHandle broker = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

        parent.destroyForcibly();

        assertThat(broker.onExit().get(15, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void aBrokerHearsNoCtrlC() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder, TestPorts.free(), Map.of())) {
            Words.create(broker.bootstrap());
            new ProcessBuilder("kill", "-INT", Long.toString(broker.process().pid()))
                    .start()
                    .waitFor();

            Words.tell(broker.bootstrap(), "last");
            assertThat(Words.of(broker.bootstrap())).containsExactly("last");
        }
    }

    @Test
    void aBrokerWaitsForTheOneThatLeavesItsFolder() throws Exception {
        BrokerProcess elder = BrokerProcess.start(folder, TestPorts.free(), Map.of());
        elder.process().getOutputStream().close();

        try (BrokerProcess newer = BrokerProcess.start(folder, TestPorts.free(), Map.of())) {
            assertThat(elder.process().isAlive()).isFalse();
            assertThat(newer.process().isAlive()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(TestPorts.free(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> BrokerProcess.start(folder, taken.getLocalPort(), Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    /* A parent of its own, to be killed: it starts a broker, says its process id and waits. */
    private Process parent() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerParent.class.getName(),
                        folder.toString(),
                        Integer.toString(TestPorts.free())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
