package dev.tocsin.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTest {
    private final Fold fold = new Fold();

    /** A key was read up to epoch and seq; the next record has those of the second pair. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 1, 4, News[missing=0]",
        "1, 3, 1, 6, News[missing=2]",
        "1, 3, 2, 4, News[missing=0]",
        "1, 3, 2, 6, News[missing=2]",
        "1, 3, 2, 2, News[missing=0]", // of the elder's two late ones nobody knew
        "1, 3, 1, 3, Repeat[]",
        "1, 3, 1, 1, Repeat[]",
        "2, 3, 1, 4, Late[after=2]",
        "2, 3, 1, 3, Late[after=2]",
    })
    void whatARecordIsFollowsFromEpochAndSeq(long epoch, long seq, long nextEpoch, long nextSeq, String step) {
        take(health("k", epoch, seq, "up"));

        assertThat(fold.decide(health("k", nextEpoch, nextSeq, "down"))).hasToString(step);
    }

    @Test
    void whatCameBeforeTheFirstRecordOfAKeyIsNotMissing() {
        assertThat(take(health("k", 4, 900, "up"))).isEqualTo(new Step.News(0));
    }

    @Test
    void mergedChangesAreNotMissing() {
        take(health("k", 1, 3, "up"));

        assertThat(take(health("k", 1, 7, "down", ",\"coalesced\":3"))).isEqualTo(new Step.News(0));
        assertThat(take(health("k", 1, 12, "up", ",\"coalesced\":3"))).isEqualTo(new Step.News(1));
    }

    @Test
    void beforeASnapshotNothingIsMissing() {
        take(health("k", 1, 3, "up"));

        assertThat(take(health("k", 2, 9, "down", ",\"snapshot\":true"))).isEqualTo(new Step.News(0));
    }

    @Test
    void ofASourceOnlyTheLatestWatermarkCounts() {
        take(entry(Topic.WATERMARKS, "prom-a", 1, 3, "{\"state\":\"ready\"}"));

        assertThat(take(entry(Topic.WATERMARKS, "prom-a", 1, 90, "{\"state\":\"blind\"}")))
                .isEqualTo(new Step.News(0));
        assertThat(fold.states(Topic.WATERMARKS)).extracting(Brief::word).containsExactly("blind");
    }

    @Test
    void aStartIsToldAndEndsNothing() {
        Entry start = tombstone(Topic.WATERMARKS, "start/node-1", 3, 1);

        assertThat(fold.apply(start))
                .extracting(Brief::word, Brief::name, Brief::detail)
                .containsExactly("started", "node-1", "its start 3");
        assertThat(fold.states(Topic.WATERMARKS)).isEmpty();
    }

    @Test
    void aTombstoneEndsItsKeyAndItStartsAgainAtOne() {
        take(health("k", 1, 3, "down"));

        assertThat(take(tombstone("k", 1, 4))).isEqualTo(new Step.News(0));
        assertThat(fold.states(Topic.HEALTH)).isEmpty();
        assertThat(take(tombstone("k", 1, 4))).isEqualTo(new Step.Repeat());
        assertThat(take(health("k", 1, 3, "down"))).isEqualTo(new Step.Repeat());
        assertThat(take(health("k", 1, 1, "up"))).isEqualTo(new Step.News(0));
        assertThat(take(health("k", 1, 2, "down"))).isEqualTo(new Step.News(0));
        assertThat(fold.states(Topic.HEALTH)).extracting(Brief::word).containsExactly("down");
    }

    @Test
    void afterATombstoneALateWriterDoesNotBringTheKeyBack() {
        take(health("k", 2, 3, "down"));
        take(tombstone("k", 2, 4));

        assertThat(take(health("k", 1, 1, "up"))).isEqualTo(new Step.Late(2));
        assertThat(take(health("k", 3, 3, "up"))).isEqualTo(new Step.News(2));
    }

    @Test
    void keysOfDifferentTopicsAreDifferentKeys() {
        take(health("k", 2, 3, "down"));

        assertThat(take(entry(Topic.WATERMARKS, "k", 1, 1, "{\"state\":\"ready\"}")))
                .isEqualTo(new Step.News(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whereverAReaderBeginsItHasTheSameTable(long seed) {
        List<Entry> log = log(new Random(seed));
        Fold whole = new Fold();
        log.forEach(entry -> take(whole, entry));
        for (int from = 0; from < log.size(); from += 17) {
            Fold late = new Fold();
            compacted(log, from).forEach(entry -> take(late, entry));

            assertThat(words(late))
                    .as("seed %d, compacted up to %d", seed, from)
                    .isEqualTo(words(whole));
        }
    }

    /* What a writer appends: changes, merged ones, tombstones, and now and then the same once more. */
    private static List<Entry> log(Random random) {
        List<Entry> log = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        long epoch = 1;
        for (int i = 0; i < 400; i++) {
            epoch += random.nextInt(60) == 0 ? 1 : 0;
            String key = "k" + random.nextInt(12);
            long merged = random.nextInt(10) == 0 ? 2 : 0;
            long seq = last.getOrDefault(key, 0L) + 1 + merged;
            if (seq > 1 + merged && random.nextInt(8) == 0) {
                log.add(tombstone(key, epoch, seq));
                last.remove(key);
            } else {
                log.add(health(key, epoch, seq, "h" + i, ",\"coalesced\":" + merged));
                last.put(key, seq);
            }
            if (random.nextInt(10) == 0) {
                log.add(log.get(log.size() - 1));
            }
        }
        return log;
    }

    /* The last record of each key of the first ones, then all others. */
    private static List<Entry> compacted(List<Entry> log, int upTo) {
        Map<String, Entry> kept = new LinkedHashMap<>();
        log.subList(0, upTo).forEach(entry -> {
            kept.remove(entry.key());
            kept.put(entry.key(), entry);
        });
        List<Entry> left = new ArrayList<>(kept.values());
        left.addAll(log.subList(upTo, log.size()));
        return left;
    }

    private static List<Brief> words(Fold fold) {
        return fold.states(Topic.HEALTH).stream()
                .sorted(Comparator.comparing(Brief::word))
                .toList();
    }

    private Step take(Entry entry) {
        return take(fold, entry);
    }

    private static Step take(Fold fold, Entry entry) {
        Step step = fold.decide(entry);
        if (step instanceof Step.News) {
            fold.apply(entry);
        }
        return step;
    }

    private static Entry health(String key, long epoch, long seq, String health) {
        return health(key, epoch, seq, health, "");
    }

    private static Entry health(String key, long epoch, long seq, String health, String more) {
        return entry(Topic.HEALTH, key, epoch, seq, "{\"to\":{\"health\":\"" + health + "\"}" + more + "}");
    }

    private static Entry tombstone(String key, long epoch, long seq) {
        return tombstone(Topic.HEALTH, key, epoch, seq);
    }

    private static Entry tombstone(Topic topic, String key, long epoch, long seq) {
        return new Entry(topic, key, Map.of(), epoch, seq, MissingNode.getInstance());
    }

    private static Entry entry(Topic topic, String key, long epoch, long seq, String data) {
        try {
            JsonNode tree = Entry.JSON.readTree(data);
            return new Entry(topic, key, Map.of(), epoch, seq, tree);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
