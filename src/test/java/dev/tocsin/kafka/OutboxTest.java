package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Target;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Mark;
import dev.tocsin.wire.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final Source SOURCE = new Source("prom-a", "eu-1", SourceKind.PROMETHEUS);
    private static final int ALL = 1_000;

    private final Published published = new Published(Set.of());
    private Outbox outbox = new Outbox(published, Set.of());

    @Test
    void healthOfATargetIsMergedAndCounted() {
        outbox.offer(health("a", 1));
        outbox.offer(health("b", 1));
        outbox.offer(health("a", 2));
        outbox.offer(health("a", 3));

        List<Item> batch = outbox.take(ALL);

        assertThat(texts(batch)).containsExactly("a 3 coalesced 2", "b 1");
        assertThat(outbox.merged()).isEqualTo(2);
    }

    @Test
    void aFormThatIsAtHandGoesWithItsRecordAndIsDroppedWhenItIsMerged() {
        Event one = health("a", 1);
        Event other = health("b", 1);
        outbox.offer(one, Written.of(one));
        outbox.offer(other, Written.of(other));
        outbox.offer(health("b", 2), Written.of(health("b", 2)));

        List<Item> batch = outbox.take(ALL);

        assertThat(batch).extracting(item -> item.written() != null).containsExactly(true, false);
    }

    @Test
    void formsAreKeptOfTheFirstThatWaitAlone() {
        for (int i = 0; i < 10_000; i++) {
            Event event = health("t" + i, 1);
            outbox.offer(event, new Written("id", new byte[100]));
        }

        List<Item> all = outbox.take(10_000);

        assertThat(all).hasSize(10_000);
        assertThat(all.stream().filter(item -> item.written() != null)).hasSize(8_192);
        assertThat(all.get(8_191).written()).isNotNull();
    }

    @Test
    void aLargeFormIsMadeAgainRatherThanKept() {
        outbox.offer(health("a", 1), new Written("id", new byte[100_000]));

        assertThat(outbox.take(ALL)).extracting(Item::written).containsOnlyNulls();
    }

    @Test
    void whileARecordIsOnItsWayTheNextOnesOfItsKeyWait() {
        outbox.offer(health("a", 1));
        List<Item> first = outbox.take(ALL);
        outbox.offer(health("a", 2));
        outbox.offer(health("a", 3));
        first.forEach(outbox::arrived);

        assertThat(texts(outbox.take(ALL))).containsExactly("a 3 coalesced 1");
    }

    @Test
    void whatDidNotArriveIsMergedIntoWhatCameAfterIt() {
        outbox.offer(health("a", 1));
        List<Item> lost = outbox.take(ALL);
        outbox.offer(health("a", 2));
        outbox.putBack(lost);

        assertThat(texts(outbox.take(ALL))).containsExactly("a 2 coalesced 1");
    }

    @Test
    void findingsAreNeverMergedAndKeepTheirOrder() {
        outbox.offer(end(Stream.FINDINGS, "x", 1));
        outbox.offer(end(Stream.FINDINGS, "y", 1));
        outbox.offer(end(Stream.FINDINGS, "x", 2));
        outbox.offer(end(Stream.FINDINGS, "z", 1));

        List<Item> lost = outbox.take(ALL);
        assertThat(texts(lost)).containsExactly("x 1 end", "y 1 end");
        outbox.putBack(lost);
        List<Item> again = outbox.take(ALL);
        assertThat(texts(again)).containsExactly("x 1 end", "y 1 end");
        again.forEach(outbox::arrived);

        assertThat(texts(outbox.take(ALL))).containsExactly("x 2 end", "z 1 end");
    }

    @Test
    void aTargetThatCameAndWentUnheardLeavesNothing() {
        outbox.offer(health("a", 1));
        outbox.offer(end(Stream.HEALTH, "a", 2));

        assertThat(outbox.waiting(Stream.HEALTH)).isZero();
    }

    @Test
    void theEndOfATargetThatReadersKnowIsToldBetweenItsLives() {
        published.add(Stream.HEALTH, "a", new Mark(1, T0, 4), false);
        outbox = new Outbox(published, Set.of());
        outbox.offer(health("a", 5));
        outbox.offer(end(Stream.HEALTH, "a", 6));
        outbox.offer(health("a", 1));
        outbox.offer(end(Stream.HEALTH, "a", 2));
        outbox.offer(health("a", 1));

        List<String> told = new ArrayList<>();
        for (List<Item> batch = outbox.take(ALL); !batch.isEmpty(); batch = outbox.take(ALL)) {
            told.addAll(texts(batch));
            batch.forEach(outbox::arrived);
        }

        assertThat(told).containsExactly("a 5", "a 6 end", "a 1");
    }

    @Test
    void whatTheTopicsHoldIsNotWrittenAgain() {
        published.add(Stream.FINDINGS, "x", new Mark(1, T0.plusSeconds(2), 2), false);
        outbox = new Outbox(published, Set.of());
        for (int seq = 1; seq <= 4; seq++) {
            outbox.offerOld(end(Stream.FINDINGS, "x", seq));
        }

        assertThat(texts(outbox.take(ALL))).containsExactly("x 3 end");
    }

    @Test
    void whatALateWordStandsBehindIsSaidAgain() {
        Mark elder = new Mark(0, T0.plusSeconds(9), 9);
        published.add(Stream.HEALTH, "a", Mark.of(health("a", 2)), false);
        published.add(Stream.HEALTH, "a", elder, false);
        published.add(Stream.HEALTH, "b", Mark.of(end(Stream.HEALTH, "b", 2)), true);
        published.add(Stream.HEALTH, "b", elder, false);
        published.add(Stream.HEALTH, "c", elder, false);
        published.add(Stream.HEALTH, "c", Mark.of(health("c", 1)), false);
        outbox = new Outbox(published, Set.of());

        for (Event old :
                List.of(health("a", 1), health("a", 2), health("b", 1), end(Stream.HEALTH, "b", 2), health("c", 1))) {
            outbox.offerOld(old);
        }

        List<Item> batch = outbox.take(ALL);
        assertThat(texts(batch)).containsExactly("a 2", "b 2 end");
        assertThat(((Event.OfHealth) batch.get(0).event()).delta().snapshot()).isTrue();
    }

    @Test
    void aKeyThatBeginsAgainInOneEpochIsLaterThanItsFirstLife() {
        published.add(Stream.FINDINGS, "x", new Mark(1, T0.plusSeconds(9), 1), false);
        outbox = new Outbox(published, Set.of());
        outbox.offerOld(at(T0.plusSeconds(5), 5));
        outbox.offerOld(at(T0.plusSeconds(9), 1));
        outbox.offerOld(at(T0.plusSeconds(10), 2));

        assertThat(texts(outbox.take(ALL))).containsExactly("x 2 end");
    }

    @Test
    void aWatermarkFollowsWhatItSpeaksOf() {
        outbox.offer(health("a", 1));
        outbox.offer(watermark(1));
        List<Item> lost = outbox.take(ALL);
        assertThat(texts(lost)).containsExactly("a 1");
        outbox.putBack(lost);
        outbox.offer(watermark(2));
        outbox.offer(health("b", 1));

        outbox.take(ALL).forEach(outbox::arrived);

        assertThat(texts(outbox.take(ALL))).containsExactly("prom-a 2");
    }

    @Test
    void ofATopicMadeAnewTheStateIsASnapshot() {
        outbox = new Outbox(published, Set.of(Stream.HEALTH));
        outbox.offerOld(health("a", 1));
        outbox.offer(health("b", 1));

        assertThat(outbox.take(ALL))
                .extracting(item -> ((Event.OfHealth) item.event()).delta().snapshot())
                .containsExactly(true, false);
    }

    /* The model: readers fold what arrives. Whatever fails on the way, they see each finding once and in order, and at
     * the end the last state of each target, its numbers whole when coalesced is added. */
    @Test
    void whateverFailsReadersSeeEveryFindingOnceAndTheLastOfEachTarget() {
        for (long seed = 0; seed < 300; seed++) {
            walk(new Random(seed), "seed " + seed);
        }
    }

    private static void walk(Random random, String seed) {
        Outbox outbox = new Outbox(new Published(Set.of()), Set.of());
        Map<String, Long> seqs = new HashMap<>();
        Map<String, Long> told = new HashMap<>();
        List<String> offered = new ArrayList<>();
        List<String> read = new ArrayList<>();
        Map<String, Long> fold = new HashMap<>();
        for (int step = 0; step < 400 || outbox.waiting(Stream.HEALTH) + outbox.waiting(Stream.FINDINGS) > 0; step++) {
            boolean chaos = step < 400;
            List<Item> batch = random.nextInt(3) == 0 || !chaos ? outbox.take(1 + random.nextInt(8)) : List.of();
            for (int i = 0; chaos && i < random.nextInt(4); i++) {
                String key = "k" + random.nextInt(6);
                if (random.nextBoolean()) {
                    Event finding = end(Stream.FINDINGS, key, seqs.merge("f" + key, 1L, Long::sum));
                    offered.add(text(finding));
                    outbox.offer(finding);
                } else if (told.containsKey(key) && random.nextInt(4) == 0) {
                    outbox.offer(end(Stream.HEALTH, key, told.remove(key) + 1));
                } else {
                    outbox.offer(health(key, told.merge(key, 1L, Long::sum)));
                }
            }
            List<Item> lost = new ArrayList<>();
            for (Item item : batch) {
                if (chaos && random.nextInt(3) == 0) {
                    lost.add(item);
                    continue;
                }
                outbox.arrived(item);
                read(item.event(), fold, read, seed);
            }
            /* Of findings nothing overtakes one that is lost: the client keeps the order of a partition. */
            outbox.putBack(lost);
            assertThat(outbox.waiting(Stream.HEALTH)).as(seed).isLessThanOrEqualTo(3 * 6);
        }
        assertThat(read).as(seed).containsExactlyInAnyOrderElementsOf(offered).doesNotHaveDuplicates();
        assertThat(fold).as(seed).isEqualTo(told);
    }

    private static void read(Event event, Map<String, Long> fold, List<String> read, String seed) {
        if (event.stream() == Stream.FINDINGS) {
            String before = event.key() + " " + (event.seq() - 1) + " end";
            assertThat(event.seq() == 1 || read.contains(before))
                    .as("%s: %s after %s", seed, text(event), before)
                    .isTrue();
            read.add(text(event));
        } else if (event instanceof Event.OfHealth of) {
            long gap = event.seq() - fold.getOrDefault(event.key(), 0L) - 1;
            assertThat((long) of.delta().coalesced())
                    .as("%s: %s", seed, text(event))
                    .isEqualTo(gap);
            fold.put(event.key(), event.seq());
        } else {
            assertThat(fold.remove(event.key()))
                    .as("%s: %s ends what is known", seed, text(event))
                    .isNotNull();
        }
    }

    private static List<String> texts(List<Item> batch) {
        return batch.stream().map(item -> text(item.event())).toList();
    }

    private static String text(Event event) {
        int coalesced = event instanceof Event.OfHealth of ? of.delta().coalesced() : 0;
        return event.key() + " " + event.seq() + (event instanceof Event.OfTombstone ? " end" : "")
                + (coalesced == 0 ? "" : " coalesced " + coalesced);
    }

    private static Event health(String key, long seq) {
        Instant at = T0.plusSeconds(seq);
        Target target = new Target(key, SOURCE, "node", key, "node", "http://" + key, Map.of());
        return new Event.OfHealth(new HealthDelta(
                target,
                null,
                new HealthDelta.Standing(Health.UP, at),
                new HealthDelta.Evidence(at, 0.1, at, 0, 0),
                1,
                seq,
                0,
                false,
                false));
    }

    private static Event end(Stream stream, String key, long seq) {
        return end(stream, key, T0.plusSeconds(seq), seq);
    }

    private static Event at(Instant time, long seq) {
        return end(Stream.FINDINGS, "x", time, seq);
    }

    private static Event end(Stream stream, String key, Instant at, long seq) {
        return new Event.OfTombstone(new Tombstone(stream, key, List.of("eu-1", "prom-a"), "eu-1", at, 1, seq));
    }

    private static Event watermark(long seq) {
        return new Event.OfWatermark(
                new Watermark(SOURCE, SourceState.READY, null, T0.plusSeconds(seq), 1, 0, 0, 1, seq));
    }
}
