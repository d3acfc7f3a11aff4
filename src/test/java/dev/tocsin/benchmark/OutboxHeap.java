package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import dev.tocsin.broker.OwnKafka;
import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.History;
import dev.tocsin.bus.Reference;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Stream;
import dev.tocsin.kafka.PublisherVerticle;
import dev.tocsin.wire.Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the publisher holds while Kafka is away: a broker that was there, and took 225,000 records, is killed, and the log
 * tells of 100,000 targets that change every 30 s of a virtual hour, and of findings. Heap after a collection, after 5
 * minutes and after 60, against the same process when the publisher is gone.
 */
final class OutboxHeap {
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int EARLY_STEPS = 10;
    private static final int STEPS = 120; // both looks find the targets down: what is longer
    private static final int FINDINGS = 200; // of a step: more than the publisher takes are told before the first look
    private static final int GROUP = 4_096; // as the log tells
    private static final long PATIENCE_SECONDS = 60;
    private static final double GROWTH_MAX = 1.05;
    private static final double BYTES_MIN = 20.0 * Flapping.CHANGING; // less is held by none who holds them

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger questions = new AtomicInteger();
    private final Flapping source = new Flapping(Restored.NOTHING.epoch());
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private long health;
    private long findings;

    private OutboxHeap() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-outbox");
        try (OwnKafka kafka = OwnKafka.start(folder.resolve("kafka"), Map.of())) {
            new OutboxHeap().measure(kafka);
        } finally {
            StartUp.delete(folder);
        }
        System.exit(0);
    }

    private void measure(OwnKafka kafka) throws Exception {
        String publisher = begin(kafka);
        kafka.kill();
        long early = 0;
        for (int step = 1; step <= STEPS; step++) {
            tell();
            if (step == EARLY_STEPS) {
                early = Heap.afterCollection();
            }
        }
        long late = Heap.afterCollection();
        vertx.undeploy(publisher).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Fleet.await("the threads of Kafka's clients have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("kafka-")));
        long without = Heap.afterCollection();
        print(early - without, late - without);
    }

    private static void print(double early, double late) {
        if (early < BYTES_MIN) {
            throw new IllegalStateException("the publisher holds " + early + " bytes: it does not wait for Kafka");
        }
        Row.held(
                        "heap of the publisher with Kafka away, 100,000 flapping targets: after 60 virtual minutes",
                        number("%.1f MB", late / 1e6) + number(" (%.0f B/target)", late / Flapping.CHANGING),
                        number("after 5 minutes: %.1f MB", early / 1e6),
                        number("%.2fx", late / early),
                        "<= 1.05x",
                        late <= early * GROWTH_MAX)
                .print();
    }

    /* Nothing is in files here: what is told is taken as it comes, or forgotten. */
    private String begin(OwnKafka kafka) throws Exception {
        Reference.register(vertx);
        vertx.eventBus().<History>consumer(Addresses.HISTORY, this::answer);
        PublisherVerticle publisher = new PublisherVerticle(
                KafkaConfig.at(kafka.bootstrap()),
                "bench",
                Set.of("bench", Flapping.SOURCE.cluster()),
                new SecretReader(Map.of()),
                meters);
        String id = vertx.deployVerticle(publisher).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        vertx.eventBus().publish(Addresses.RESTORED, Restored.NOTHING);
        Fleet.await("the publisher asks for the past", () -> questions.get() >= 3);
        turn();
        tell();
        tell();
        Fleet.await(
                "Kafka has taken the first records",
                () -> meters.get("tocsin.kafka.records").counter().count()
                                + meters.get("tocsin.kafka.merged").counter().count()
                        >= Flapping.TARGETS + Flapping.CHANGING + 2 * FINDINGS);
        return id;
    }

    private void answer(Message<History> question) {
        questions.incrementAndGet();
        long told = question.body().stream() == Stream.HEALTH ? health : findings;
        question.reply(new History.Page(List.of(), told, true));
    }

    private void tell() throws Exception {
        now = now.plus(STEP);
        List<Told> told = new ArrayList<>();
        for (HealthDelta delta :
                source.poll(new Moment(now.toEpochMilli(), now)).deltas()) {
            told.add(Told.of(new Event.OfHealth(delta), health++));
        }
        for (int i = 0; i < FINDINGS; i++) {
            told.add(Told.of(new Event.OfFinding(finding(i)), findings++));
        }
        for (int from = 0; from < told.size(); from += GROUP) {
            vertx.eventBus()
                    .publish(
                            Addresses.TOLD,
                            new Told.Group(List.copyOf(told.subList(from, Math.min(from + GROUP, told.size())))));
            turn();
        }
    }

    private Finding finding(int i) {
        Map<String, String> subject = Map.of("pool", "pool-" + i);
        long seq = findings / FINDINGS + 1;
        return new Finding(
                Finding.key(Flapping.SOURCE.name(), FindingKind.POOL_EMPTY, subject),
                FindingKind.POOL_EMPTY,
                Flapping.SOURCE.name(),
                Flapping.SOURCE.cluster(),
                subject,
                seq % 2 == 1,
                now,
                "no target",
                "Look at its discovery.",
                Restored.NOTHING.epoch(),
                seq);
    }

    /* One event loop: what is asked of it now is done after what was published before. */
    private void turn() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        vertx.runOnContext(next -> done.complete(null));
        done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
