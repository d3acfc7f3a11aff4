package dev.tocsin.kafka;

import dev.tocsin.bus.Recalled;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What the topics hold of ours, read before our first word. Confined: one thread, which waits for the brokers. */
final class Recall {
    private static final int ANSWER_MILLIS = 1_000;

    private final KafkaConfig config;
    private final ClientSettings settings;
    private final Set<String> ours;
    private final Map<Stream, Map<String, Envelope>> last = new EnumMap<>(Stream.class);

    /** @param ours partition keys of what only we write: our clusters, and the name of our node */
    Recall(KafkaConfig config, ClientSettings settings, Set<String> ours) {
        this.config = config;
        this.settings = settings;
        this.ours = ours;
    }

    /**
     * Reads the topics to their end; blocks for 10 s at most until the brokers have answered, then for as long as it takes.
     *
     * @throws IOException no broker takes a connection, or a secret is not there
     * @throws TopicsWrong a record is of a version after ours
     */
    Recalled read() throws IOException, TopicsWrong, ExecutionException, InterruptedException {
        /* Kafka's clients ask an address that refuses for as long as they are let; polling does not wait for that. */
        reach();
        Map<Stream, Topics.Topic> topics;
        Admin admin = Admin.create(settings.admin());
        try {
            topics = new Topics(admin, config).existing();
        } finally {
            admin.close(Duration.ZERO);
        }
        new TopicReader(settings.consumer()).read(topics, Set.of(), this::add);
        List<Envelope> records = new ArrayList<>();
        last.values().forEach(keys -> records.addAll(keys.values()));
        return new Recalled(List.copyOf(records));
    }

    /* A late word of a fenced elder, of a lower epoch than its key's last, does not count. */
    private void add(Envelope record) {
        if (ours.contains(record.partitionKey())) {
            last.computeIfAbsent(record.stream(), any -> new LinkedHashMap<>())
                    .merge(record.key(), record, (before, now) -> now.epoch() < before.epoch() ? before : now);
        }
    }

    private void reach() throws IOException {
        IOException refused = new IOException("bootstrap: got \"" + config.bootstrap() + "\", want host:port");
        for (String broker : config.bootstrap().split(",")) {
            String address = broker.strip();
            int colon = address.lastIndexOf(':');
            String host = address.substring(0, Math.max(0, colon));
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(address.substring(colon + 1));
                socket.connect(new InetSocketAddress(host, port), ANSWER_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException e) {
                refused = new IOException(address + ": " + e.getMessage(), e);
            }
        }
        throw refused;
    }
}
