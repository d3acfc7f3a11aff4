package dev.tocsin.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** A cluster of three, each broker and controller in a process of its own, to be killed and started again. Confined: a test. */
public final class ThreeKafkas implements AutoCloseable {
    private static final int NODES = 3;

    private final Path folder;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Integer> controllers = new ArrayList<>();
    private final List<BrokerProcess> brokers = new ArrayList<>();

    private ThreeKafkas(Path folder) {
        this.folder = folder;
    }

    /** Starts all three; they take connections when this returns. */
    public static ThreeKafkas start(Path folder) throws Exception {
        ThreeKafkas kafkas = new ThreeKafkas(folder);
        String cluster = Uuid.randomUuid().toString();
        for (int node = 0; node < NODES; node++) {
            kafkas.ports.add(TestPorts.free());
            kafkas.controllers.add(TestPorts.free());
            format(kafkas.folder(node).resolve("node"), node, cluster);
        }
        /* None is ready before two are there. */
        List<CompletableFuture<BrokerProcess>> starting = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            int node = i;
            starting.add(CompletableFuture.supplyAsync(() -> kafkas.begin(node), task -> new Thread(task).start()));
        }
        starting.forEach(started -> kafkas.brokers.add(started.join()));
        return kafkas;
    }

    private static void format(Path folder, int node, String cluster) throws Exception {
        Files.createDirectories(folder);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(node)
                .setClusterId(cluster)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .run();
    }

    /** Where clients begin: all three. */
    public String bootstrap() {
        return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
    }

    /** Kills one: SIGKILL. @param node its number in the cluster, from 0 */
    public void kill(int node) {
        brokers.get(node).process().destroyForcibly().onExit().join();
    }

    /** Starts one again, on its data and at its address. */
    public void startAgain(int node) {
        brokers.set(node, begin(node));
    }

    private BrokerProcess begin(int node) {
        String controller = "127.0.0.1:" + controllers.get(node);
        List<String> voters = new ArrayList<>();
        for (int voter = 0; voter < NODES; voter++) {
            voters.add(voter + "@127.0.0.1:" + controllers.get(voter));
        }
        try {
            return BrokerProcess.start(
                    folder(node),
                    ports.get(node),
                    Map.of(
                            "node.id", Integer.toString(node),
                            "controller.quorum.voters", String.join(",", voters),
                            "listeners",
                                    "PLAINTEXT://127.0.0.1:" + ports.get(node) + "," + BrokerSettings.CONTROLLER + "://"
                                            + controller));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(int node) {
        return folder.resolve("kafka-" + node);
    }

    @Override
    public void close() {
        for (int node = 0; node < NODES; node++) {
            kill(node);
        }
    }
}
