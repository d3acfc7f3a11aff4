package dev.tocsin.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a node of Kafka is started with: a small one, alone, whose restarts are fast. Immutable. */
record BrokerSettings(Path folder, int port, int controllerPort, Map<String, String> more) {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    BrokerSettings {
        more = Map.copyOf(more);
    }

    /** Kafka's own keys and values; {@code more} has the last word. */
    Map<String, String> properties() {
        Map<String, String> all = new HashMap<>(addresses());
        all.putAll(ALONE);
        all.putAll(SMALL);
        all.putAll(more);
        return all;
    }

    private Map<String, String> addresses() {
        String controller = "127.0.0.1:" + controllerPort;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "controller.quorum.voters",
                NODE + "@" + controller,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://" + controller,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "PLAINTEXT",
                "log.dirs",
                folder.toString());
    }

    /* Nobody to replicate to, nobody to wait for. Topics are made by those who know how they must be. */
    private static final Map<String, String> ALONE = Map.of(
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0",
            "auto.create.topics.enable", "false");

    /* The session: after a kill -9 a start waits until the one before is given up, 9 s by default. The cleaner's buffer
     * must be over 1 MB a thread and is 128 MB by default; an index is laid out in full, 10 MB each. */
    private static final Map<String, String> SMALL = Map.of(
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "4",
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500",
            "log.cleaner.dedupe.buffer.size", "2097152",
            "log.index.size.max.bytes", "1048576",
            "num.network.threads", "1",
            "num.io.threads", "2");
}
