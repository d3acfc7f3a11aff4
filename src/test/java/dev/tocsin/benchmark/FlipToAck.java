package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import dev.tocsin.RunningNode;
import dev.tocsin.broker.BrokerProcess;
import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Told;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Stream;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.wire.BinaryMode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * From the moment at which a server hands out the first answer that shows a target changed, to the record of the change: its
 * acknowledgement by a real broker, and, in a node without Kafka, its being told, which follows its synchronisation in the
 * file. 20 sources of 500 targets are asked every second, and each answer has two changes. How long a change waits for the
 * next poll is the interval's, and not in it; server and broker are processes of their own.
 */
final class FlipToAck {
    private static final int SOURCES = 20;
    private static final int TARGETS = 500;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final long WARM_MILLIS = 10_000;
    private static final long MEASURED_MILLIS = 20_000;
    private static final long SETTLED_MILLIS = 2_000;
    private static final int ROUNDS = 2;

    private final Path folder;
    private final int port;
    private final KafkaConfig kafka;
    private int starts;

    private FlipToAck(Path folder, int port, KafkaConfig kafka) {
        this.folder = folder;
        this.port = port;
        this.kafka = kafka;
    }

    /** When which change was told, and acknowledged. Thread-safe: maps. */
    private static final class Heard extends VerticleBase {
        final AtomicInteger firstSights = new AtomicInteger();
        final Map<String, Long> told = new ConcurrentHashMap<>();
        final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        private final Map<String, String> changes = new ConcurrentHashMap<>();

        @Override
        public Future<?> start() {
            vertx.eventBus().<Told.Group>consumer(Addresses.TOLD, group -> told(group.body()));
            return Future.succeededFuture();
        }

        private void told(Told.Group group) {
            long micros = Flips.micros(Instant.now());
            for (Told record : group.records()) {
                if (record instanceof Told.OfHealth health) {
                    told(health.delta(), micros);
                }
            }
        }

        private void told(HealthDelta delta, long micros) {
            if (delta.seq() == 1) {
                firstSights.incrementAndGet();
                return;
            }
            String change = delta.target().source().name() + " "
                    + delta.target().instance() + " " + delta.to().health().text();
            changes.put(delta.target().id() + " " + delta.seq(), change);
            told.put(change, micros);
        }

        /* On Kafka's thread. */
        void acknowledged(String topic, Headers headers) {
            if (topic.endsWith(Stream.HEALTH.text())) {
                long micros = Flips.micros(Instant.now());
                String seq = text(headers, BinaryMode.PREFIX + "sequence");
                acknowledged.put(text(headers, BinaryMode.SUBJECT) + " " + Long.parseLong(seq), micros);
            }
        }

        private static String text(Headers headers, String name) {
            return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
        }

        /** When the changes were acknowledged. */
        Map<String, Long> acknowledgedChanges() {
            Map<String, Long> all = new HashMap<>();
            changes.forEach((record, change) -> {
                if (acknowledged.containsKey(record)) {
                    all.put(change, acknowledged.get(record));
                }
            });
            return all;
        }
    }

    /** Milliseconds from each change to what became of it. */
    private record Waits(List<Double> told, List<Double> acknowledged) {
        Waits() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-flip");
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                FleetServer.Child server = FleetServer.start(TARGETS)) {
            KafkaConfig kafka = new KafkaConfig(
                    broker.bootstrap(), KafkaConfig.TOPIC_PREFIX, KafkaConfig.PARTITIONS, 1, null, null, Acks.SETTING);
            new FlipToAck(folder, server.port, kafka).measure(server);
        } finally {
            StartUp.delete(folder);
        }
        System.exit(0);
    }

    private void measure(FleetServer.Child server) throws Exception {
        run(server, kafka, WARM_MILLIS, new Waits());
        Waits with = new Waits();
        Waits without = new Waits();
        for (int round = 0; round < ROUNDS; round++) {
            run(server, null, MEASURED_MILLIS, without);
            run(server, kafka, MEASURED_MILLIS, with);
        }
        Row.told(
                        "from a change in a source's answer to Kafka's acknowledgement, p50 / p99",
                        text(with.acknowledged),
                        "without Kafka, to the file's synchronisation: " + text(without.told),
                        number("%.1fx", percentile(with.acknowledged, 0.5) / percentile(without.told, 0.5))
                                + number(
                                        " / %.1fx",
                                        percentile(with.acknowledged, 0.99) / percentile(without.told, 0.99)))
                .print();
        Row.told(
                        "  of it to the file's synchronisation",
                        text(with.told),
                        with.acknowledged.size() + " and " + without.told.size() + " changes",
                        "")
                .print();
    }

    private void run(FleetServer.Child server, @Nullable KafkaConfig to, long millis, Waits waits) throws Exception {
        Heard heard = new Heard();
        Acks.listen(heard::acknowledged);
        int before = server.ask("flipped").length();
        RunningNode node = RunningNode.start(config(to), List.of(heard));
        try {
            int all = SOURCES * TARGETS;
            Fleet.await("the first sight of each target", () -> heard.firstSights.get() >= all);
            Fleet.await("its acknowledgement", () -> to == null || heard.acknowledged.size() >= all);
            Thread.sleep(SETTLED_MILLIS);
            server.tell("flip");
            Thread.sleep(millis);
            server.tell("still");
            List<String> changes =
                    server.ask("flipped").substring(before).lines().toList();
            waits.told.addAll(waits("told", changes, () -> heard.told));
            if (to != null) {
                waits.acknowledged.addAll(waits("acknowledged", changes, heard::acknowledgedChanges));
            }
        } finally {
            node.close();
        }
    }

    /* A prefix and a folder for each start: nothing is recalled. */
    private TocsinConfig config(@Nullable KafkaConfig to) {
        starts++;
        List<SourceConfig> sources = IntStream.range(0, SOURCES)
                .mapToObj(n -> Fleet.config("prom-" + n, "http://127.0.0.1:" + port + "/prom-" + n, INTERVAL, TIMEOUT))
                .toList();
        KafkaConfig own = to == null
                ? null
                : new KafkaConfig(
                        to.bootstrap(),
                        "start-" + starts + ".",
                        to.partitions(),
                        to.replication(),
                        to.tls(),
                        to.sasl(),
                        to.properties());
        return new TocsinConfig(
                sources,
                "bench",
                OutageRules.DEFAULT,
                List.of(),
                List.of(),
                HealthRules.DEFAULT,
                SourceLimits.DEFAULT,
                folder.resolve("data-" + starts),
                own);
    }

    /** @param changes as the server tells them: source, target, what it is now, and when in microseconds */
    private static List<Double> waits(String what, List<String> changes, Supplier<Map<String, Long>> heard) {
        Fleet.await("all that changed is " + what, () -> heard.get()
                .keySet()
                .containsAll(changes.stream().map(FlipToAck::name).toList()));
        Map<String, Long> when = heard.get();
        return changes.stream()
                .map(change -> (when.get(name(change))
                                - Long.parseLong(change.substring(name(change).length() + 1)))
                        / 1e3)
                .toList();
    }

    private static String name(String change) {
        return change.substring(0, change.lastIndexOf(' '));
    }

    private static String text(List<Double> millis) {
        return number("%.0f", percentile(millis, 0.5)) + number(" / %.0f ms", percentile(millis, 0.99));
    }

    private static double percentile(List<Double> values, double share) {
        return values.stream().sorted().toList().get((int) (share * (values.size() - 1)));
    }
}
