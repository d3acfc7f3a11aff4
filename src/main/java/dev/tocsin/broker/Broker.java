package dev.tocsin.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One node of Kafka (broker and controller) in this JVM, at 127.0.0.1. Thread-safe: Kafka's server is. */
public final class Broker implements AutoCloseable {
    private static final int CONTROLLERS_FROM = 19_092;
    private static final int CONTROLLERS_SPREAD = 5_000;

    private final KafkaRaftServer server;
    private final int port;

    private Broker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts one on the data of {@code folder}, which is formatted on first use; it takes connections when this returns.
     *
     * @param more settings of Kafka's own that go before ours
     * @throws IOException the folder cannot be used, or Kafka refused to start on it
     */
    public static Broker start(Path folder, int port, Map<String, String> more) throws IOException {
        int controllerPort = LoopbackPorts.freeFrom(controllersFrom(port));
        return start(new BrokerSettings(folder, port, controllerPort, more));
    }

    /* Away from the broker's own, and for each of many brokers another one. */
    private static int controllersFrom(int port) {
        return (port < CONTROLLERS_FROM ? CONTROLLERS_FROM : CONTROLLERS_FROM / 2) + port % CONTROLLERS_SPREAD;
    }

    static Broker start(BrokerSettings settings) throws IOException {
        Path folder = settings.folder();
        Files.createDirectories(folder);
        try {
            if (!Files.exists(folder.resolve("meta.properties"))) {
                format(folder);
            }
            KafkaRaftServer server =
                    new KafkaRaftServer(KafkaConfig.fromProps(of(settings.properties()), false), Time.SYSTEM);
            server.startup();
            return new Broker(server, settings.port());
        } catch (Exception refused) {
            throw new IOException(
                    "Kafka does not start at 127.0.0.1:" + settings.port() + " on " + folder + ": "
                            + refused.getMessage(),
                    refused);
        }
    }

    private static Properties of(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .run();
    }

    /** Where clients begin: {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Stops in order: what was acknowledged is on the disk. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
