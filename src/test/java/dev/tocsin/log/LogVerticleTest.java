package dev.tocsin.log;

import static dev.tocsin.log.Samples.NOON;
import static dev.tocsin.log.Samples.delta;
import static dev.tocsin.log.Samples.finding;
import static dev.tocsin.log.Samples.outage;
import static dev.tocsin.log.Samples.text;
import static dev.tocsin.log.Samples.texts;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Reference;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Decided;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerticleTest {
    @TempDir
    Path data;

    private final FaultyDisk disk = FaultyDisk.quick();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void listen() {
        Reference.register(vertx);
        vertx.eventBus()
                .<Told.Group>consumer(
                        Addresses.TOLD, group -> told.addAll(group.body().records()));
    }

    @AfterEach
    void close() throws Exception {
        disk.heal();
        done(vertx.close());
    }

    @Test
    void whatIsSafeIsToldInTheOrderOfItsArrival() throws Exception {
        deploy(Opened.options(1 << 20));

        batch(delta(1, 1), delta(2, 1));
        decide(outage("api", 1));
        batch(delta(1, 2));

        await().until(() -> told.size() == 4);
        assertThat(told)
                .extracting(record -> record.event().stream() + " " + record.offset())
                .containsExactly("HEALTH 0", "HEALTH 1", "OUTAGES 0", "HEALTH 2");
        assertThat(Opened.lines(data, Stream.HEALTH))
                .hasSize(3)
                .allSatisfy(line -> assertThat(RecordSchemas.mistakes(line)).isEmpty());
    }

    @Test
    void aRestartRemembersAndCountsOn() throws Exception {
        LogVerticle first = log(Opened.options(1 << 20));
        String id = done(vertx.deployVerticle(first));
        batch(delta(1, 1), delta(1, 2));
        vertx.eventBus()
                .publish(
                        Addresses.DECISIONS,
                        new Decided(List.of(outage("api", 1)), List.of(finding("node", 1)), List.of()));
        done(vertx.undeploy(id));

        LogVerticle second = log(Opened.options(1 << 20));
        List<Restored> heard = new CopyOnWriteArrayList<>();
        vertx.eventBus().<Restored>consumer(Addresses.RESTORED, message -> heard.add(message.body()));
        done(vertx.deployVerticle(second));
        Restored restored = second.restored();
        second.tellRestored();

        assertThat(first.restored()).isEqualTo(Restored.NOTHING);
        assertThat(restored.epoch()).isEqualTo(2);
        assertThat(texts(Opened.events(restored)))
                .contains(text(Samples.health(1, 2)), text(Samples.ofOutage("api", 1)));
        assertThat(restored.findings()).containsExactly(finding("node", 1));
        assertThat(restored.watermarks()).hasSize(1);
        await().until(() -> heard.size() == 1);
        assertThat(heard).containsExactly(restored);
        assertThatThrownBy(second::restored).hasMessageContaining("has told");
    }

    /* The word of it may have arrived all the same, and somebody would read it as another process's. */
    @Test
    void aNumberThatWasClaimedForAStartIsOnlyHadByTheClaimThatHolds() throws Exception {
        assertThat(epochAfter(before -> 0)).as("claimed, and not heard").isEqualTo(2);
        assertThat(epochAfter(before -> before + 1)).as("claimed").isEqualTo(3);
        assertThatThrownBy(() -> epochAfter(before -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessageContaining("killed");
        assertThat(epochAfter(before -> 0))
                .as("after it died, and another that was not heard")
                .isEqualTo(6);
    }

    /** @param held what holds of a claim above the number of the last start; 0 when nobody knows */
    private long epochAfter(LongUnaryOperator held) throws Exception {
        LogVerticle log = log(Opened.options(1 << 20));
        log.takeOver((before, keeps) -> {
            keeps.accept(before + 1);
            return Future.succeededFuture(before).map(last -> new Recalled(List.of(), held.applyAsLong(last)));
        });
        String id = done(vertx.deployVerticle(log));
        done(vertx.undeploy(id));
        return log.restored().epoch();
    }

    @Test
    void aStopWritesWhatStillWaits() throws Exception {
        String id = deploy(Opened.options(1 << 20));
        for (int target = 1; target <= 500; target++) {
            batch(delta(target, 1));
        }

        done(vertx.undeploy(id));

        assertThat(Opened.lines(data, Stream.HEALTH)).hasSize(500);
        Opened.at(data).close(); // the lock is free
    }

    @Test
    void aFolderInUseIsSaidSo() throws Exception {
        try (Opened other = Opened.at(data)) {
            assertThat(other.restored()).isEmpty();
            assertThatThrownBy(() -> deploy(Opened.options(1 << 20)))
                    .isInstanceOf(FolderRefused.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    @DisplayName("F76: a slow disk merges health by target and nothing else")
    void aSlowDiskMergesHealthByTargetAndNothingElse() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        deploy(Opened.options(1 << 20));
        disk.fault((change, file) -> hold(change, released));
        int changes = 200;
        for (int seq = 1; seq <= changes; seq++) {
            batch(delta(1, seq), delta(2, seq));
            decide(outage("api", seq));
        }
        await().until(() -> meters.get("tocsin.log.waiting").gauge().value() >= changes);

        released.countDown();

        await().until(() -> last(Samples.key(1)) == changes && last(Samples.key(2)) == changes);
        assertThat(told).filteredOn(Told.OfOutage.class::isInstance).hasSize(changes);
        assertThat(told).filteredOn(Told.OfHealth.class::isInstance).hasSizeLessThan(changes);
        assertGapless();
        assertThat(meters.get("tocsin.log.merged").counter().count()).isPositive();
    }

    @Test
    @DisplayName("F65: a full disk costs no record and tells nothing until there is room")
    void aFullDiskCostsNoRecordAndTellsNothingUntilThereIsRoom() throws Exception {
        deploy(Opened.options(1 << 20));
        batch(delta(1, 1));
        await().until(() -> told.size() == 1);
        disk.fault((change, file) -> refuse(change.equals("write")));
        for (int seq = 2; seq <= 60; seq++) {
            batch(delta(1, seq));
            decide(outage("api", seq));
        }
        await().until(() -> meters.get("tocsin.log.failing").gauge().value() == 1
                && meters.get("tocsin.log.failures").counter().count() >= 3);
        assertThat(told).hasSize(1);

        disk.heal();

        await().until(() -> last(Samples.key(1)) == 60);
        await().until(() -> meters.get("tocsin.log.failing").gauge().value() == 0);
        assertThat(told).filteredOn(Told.OfOutage.class::isInstance).hasSize(59);
        assertGapless();
    }

    @Test
    void aDiskThatRefusesForGoodEndsTheLog() throws Exception {
        LogOptions options = new LogOptions(
                1 << 20,
                Duration.ofMillis(1),
                10,
                Duration.ofMillis(5),
                10,
                50,
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofHours(1),
                Duration.ofMillis(1));
        LogVerticle log = log(options);
        done(vertx.deployVerticle(log));
        disk.fault((change, file) -> refuse(change.equals("write")));

        for (int seq = 1; seq <= 70; seq++) {
            decide(outage("api", seq));
        }

        assertThatThrownBy(() -> done(log.over()))
                .hasMessageStartingWith("data folder " + data + ": 51 outages, findings and tombstones wait");
    }

    @Test
    void aFolderThatIsRemovedUnderUsEndsTheLogAndNothingMoreIsTold() throws Exception {
        LogVerticle log = log(Opened.options(1 << 20));
        done(vertx.deployVerticle(log));
        batch(delta(1, 1));
        await().until(() -> told.size() == 1);

        Files.move(data.resolve("lock"), data.resolve("moved"));
        batch(delta(1, 2));

        assertThatThrownBy(() -> done(log.over())).hasMessageContaining("was removed or replaced while we run");
        assertThat(told).hasSize(1);
        Files.move(data.resolve("moved"), data.resolve("lock"));
    }

    @Test
    void everySourceGetsWatermarksWithGrowingNumbers() throws Exception {
        LogOptions options = new LogOptions(
                1 << 20,
                Duration.ofMillis(1),
                100,
                Duration.ofMillis(5),
                10,
                50,
                Duration.ofMillis(20),
                Duration.ofDays(7),
                Duration.ofHours(1),
                Duration.ofSeconds(5));
        deploy(options);

        batch(delta(1, 1));

        await().until(() ->
                told.stream().filter(Told.OfWatermark.class::isInstance).count() >= 3);
        List<Watermark> watermarks = told.stream()
                .filter(Told.OfWatermark.class::isInstance)
                .map(record -> ((Told.OfWatermark) record).watermark())
                .toList();
        assertThat(watermarks.subList(0, 3)).extracting(Watermark::seq).containsExactly(1L, 2L, 3L);
        assertThat(watermarks.get(0))
                .isEqualTo(new Watermark(Samples.PROM_A, SourceState.READY, null, NOON, 1, 0, 0, 1, 1));
        assertThat(told.get(0)).isInstanceOf(Told.OfHealth.class);
    }

    @Test
    @DisplayName("F51: a storm of a hundred thousand deltas is told whole")
    void aStormOfAHundredThousandDeltasIsToldWhole() throws Exception {
        deploy(LogOptions.DEFAULTS);

        batch(IntStream.range(0, 100_000).mapToObj(target -> delta(target, 1)).toArray(HealthDelta[]::new));

        await().atMost(Duration.ofSeconds(60)).until(() -> told.size() == 100_000);
        assertThat(told).extracting(Told::offset).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void oldFilesAreCompactedWhileItRuns() throws Exception {
        try (Opened log = Opened.at(data, disk, 1)) {
            for (int seq = 1; seq <= 9; seq++) {
                log.append(Samples.health(1, seq, NOON.minus(Duration.ofDays(8)).plusSeconds(seq)));
            }
        }

        deploy(Opened.options(1 << 20));

        awaitFiles().untilAsserted(() -> assertThat(Opened.lines(data, Stream.HEALTH))
                .hasSize(2));
        await().until(() -> meters.get("tocsin.log.compacted").counter().count() == 7);
    }

    /** F63. */
    @Test
    void aClockThatIsYearsAheadMakesNothingOld() throws Exception {
        try (Opened log = Opened.at(data, disk, 1)) {
            for (int seq = 1; seq <= 9; seq++) {
                log.append(Samples.health(1, seq), watermark(seq));
            }
        }

        done(vertx.deployVerticle(log(Opened.options(1 << 20), NOON.plus(Duration.ofDays(3_650)))));

        /* Health is first: when the watermarks are compacted it has had its turn. */
        awaitFiles().untilAsserted(() -> assertThat(Opened.lines(data, Stream.WATERMARKS))
                .hasSize(2));
        assertThat(Opened.lines(data, Stream.HEALTH)).hasSize(9);
    }

    /* A file may be compacted away between its listing and its reading. */
    private static ConditionFactory awaitFiles() {
        return await().ignoreException(NoSuchFileException.class);
    }

    private static Event watermark(long seq) {
        return new Event.OfWatermark(new Watermark(Samples.PROM_A, SourceState.READY, null, NOON, 1, 0, 0, 1, seq));
    }

    private LogVerticle log(LogOptions options) {
        return log(options, NOON);
    }

    private LogVerticle log(LogOptions options, Instant now) {
        return new LogVerticle(data, "tocsin-1", meters, options, disk, () -> new Moment(0, now));
    }

    private String deploy(LogOptions options) throws Exception {
        return done(vertx.deployVerticle(log(options)));
    }

    private void batch(HealthDelta... deltas) {
        vertx.eventBus().publish(Addresses.BATCHES, Samples.batch(deltas));
    }

    private void decide(dev.tocsin.outage.Outage outage) {
        vertx.eventBus().publish(Addresses.DECISIONS, new Decided(List.of(outage), List.of(), List.of()));
    }

    private long last(String key) {
        return told.stream()
                .filter(record -> record.event().key().equals(key))
                .mapToLong(record -> record.event().seq())
                .max()
                .orElse(0);
    }

    private void assertGapless() {
        Map<String, Long> seen = new HashMap<>();
        for (Told record : new ArrayList<>(told)) {
            int coalesced = record instanceof Told.OfHealth of ? of.delta().coalesced() : 0;
            if (record instanceof Told.OfHealth) {
                long before = seen.getOrDefault(record.event().key(), 0L);
                assertThat(record.event().seq()).isEqualTo(before + 1 + coalesced);
                seen.put(record.event().key(), record.event().seq());
            }
        }
    }

    private static void hold(String change, CountDownLatch released) throws IOException {
        if (change.equals("sync")) {
            try {
                assertThat(released.await(30, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
    }

    private static void refuse(boolean refused) throws IOException {
        if (refused) {
            throw new IOException("no space left on device");
        }
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.await(30, SECONDS);
    }
}
