package dev.tocsin.log;

import static dev.tocsin.log.Samples.NOON;
import static dev.tocsin.log.Samples.health;
import static dev.tocsin.log.Samples.ofOutage;
import static dev.tocsin.log.Samples.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Watermark;
import dev.tocsin.wire.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WaitingTest {
    @Test
    void nothingIsMergedWhileFewWait() {
        Waiting waiting = new Waiting(10);

        waiting.add(health(1, 1));
        waiting.add(health(1, 2));

        assertThat(waiting.take(9)).hasSize(2);
        assertThat(waiting.merged()).isZero();
    }

    @Test
    void aMergedRecordHasTheFirstFromTheLastToAndTheLastSeq() {
        Waiting waiting = new Waiting(1);

        waiting.add(health(1, 4));
        waiting.add(health(1, 5));
        waiting.add(health(1, 6));

        HealthDelta merged = ((Event.OfHealth) waiting.take(9).get(0)).delta();
        assertThat(merged.from()).isEqualTo(Samples.delta(1, 4).from());
        assertThat(merged.to()).isEqualTo(Samples.delta(1, 6).to());
        assertThat(merged.seq()).isEqualTo(6);
        assertThat(merged.coalesced()).isEqualTo(2);
        assertThat(waiting.merged()).isEqualTo(2);
    }

    @Test
    void aMergedRecordStaysAheadOfTheOutagesItLedTo() {
        Waiting waiting = new Waiting(1);

        waiting.add(health(1, 1));
        waiting.add(ofOutage("api", 1));
        waiting.add(health(1, 2));

        assertThat(waiting.take(9)).extracting(Event::seq).containsExactly(2L, 1L);
    }

    @Test
    @DisplayName("F61: outages and tombstones are never merged")
    void outagesAndTombstonesAreNeverMerged() {
        Waiting waiting = new Waiting(1);

        for (int seq = 1; seq <= 5; seq++) {
            waiting.add(ofOutage("api", seq));
        }
        waiting.add(tombstone(1, 2, NOON));

        assertThat(waiting.ordered()).isEqualTo(6);
        assertThat(waiting.take(9)).extracting(Event::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 2L);
        assertThat(waiting.ordered()).isZero();
    }

    @Test
    @DisplayName("I11: what waits is bounded by the targets and the open outages")
    void whatWaitsIsBoundedByTheTargetsAndTheOpenOutages() {
        Waiting waiting = new Waiting(100);

        for (int seq = 1; seq <= 10_000; seq++) {
            waiting.add(health(seq % 7, 1 + seq / 7));
            if (seq % 1_000 == 0) {
                waiting.add(ofOutage("api", seq / 1_000));
            }
            assertThat(waiting.size()).isLessThanOrEqualTo(100 + 7 + 10);
        }
    }

    @Test
    void nothingIsMergedAcrossATombstone() {
        Waiting waiting = new Waiting(1);

        waiting.add(health(1, 7));
        waiting.add(tombstone(1, 8, NOON));
        waiting.add(health(1, 1));

        assertThat(waiting.take(9)).extracting(Event::seq).containsExactly(7L, 8L, 1L);
    }

    @Test
    void ofASourceOneWatermarkWaitsBehindAllItSpeaksOf() {
        Waiting waiting = new Waiting(100);

        waiting.add(watermark(1));
        waiting.add(health(1, 1));
        waiting.add(watermark(1));

        assertThat(waiting.take(9)).containsExactly(health(1, 1), watermark(1));
        assertThat(waiting.hasWatermark("prom-a")).isFalse();
    }

    @Test
    void noReaderMissesAChangeWhateverIsMerged() {
        Random random = new Random(59);
        Waiting waiting = new Waiting(8);
        Map<Integer, Long> sent = new HashMap<>();
        Map<String, Long> seen = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int target = random.nextInt(12);
            waiting.add(health(target, sent.merge(target, 1L, Long::sum)));
            if (random.nextInt(30) == 0) {
                check(waiting.take(random.nextInt(20)), seen);
            }
            assertThat(waiting.size()).isLessThanOrEqualTo(8 + 12);
        }
        check(waiting.take(Integer.MAX_VALUE), seen);

        sent.forEach((target, seq) -> assertThat(seen).containsEntry(Samples.key(target), seq));
        assertThat(waiting.merged()).isPositive();
    }

    private static void check(List<Event> events, Map<String, Long> seen) {
        for (Event event : events) {
            HealthDelta delta = ((Event.OfHealth) event).delta();
            Long before = seen.put(event.key(), delta.seq());
            assertThat(delta.seq()).isEqualTo((before == null ? 0 : before) + 1 + delta.coalesced());
        }
    }

    private static Event watermark(long seq) {
        return new Event.OfWatermark(new Watermark(Samples.PROM_A, SourceState.READY, null, NOON, 1, 0, 0, 1, seq));
    }
}
