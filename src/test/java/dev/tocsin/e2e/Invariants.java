package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of every stream of records, whatever happened to whom. */
final class Invariants {
    private Invariants() {}

    /** All of them, of the log of that monitor and what it told. */
    static void hold(TocsinProcess tocsin) {
        List<String> wrong = new ArrayList<>();
        for (String stream : List.of("health", "outages", "findings", "watermarks")) {
            List<Event> log = tocsin.log().read(stream);
            seqIsGapless(log);
            log.forEach(event -> wrong.addAll(event.mistakes()));
        }
        assertThat(wrong).as("records that are not what their schema says").isEmpty();
        everyOutageOpensOnceAndEndsOnce(tocsin.log().read("outages"));
        assertThat(tocsin.log().ids())
                .as("what was told is in the log")
                .containsAll(tocsin.events().ids());
    }

    /** Per key: {@code seq} without gap from 1 on, again from 1 after a tombstone; epochs never fall. */
    static void seqIsGapless(List<Event> stream) {
        List<String> broken = new ArrayList<>();
        Map<String, Event> last = new HashMap<>();
        for (Event event : stream) {
            if (event.tombstone()) {
                last.remove(event.key());
                continue;
            }
            Event before = last.put(event.key(), event);
            long wanted = (before == null ? 0 : before.seq()) + 1 + event.coalesced();
            if (event.seq() != wanted && !event.data().path("snapshot").asBoolean()) {
                broken.add("seq " + event.seq() + ", want " + wanted + ": " + event.brief());
            }
            if (before != null && event.epoch() < before.epoch()) {
                broken.add("epoch fell from " + before.epoch() + " to " + event.epoch() + ": " + event.brief());
            }
        }
        assertThat(broken).as("gaps").isEmpty();
    }

    /**
     * Each id opens once, counts its versions 1, 2, 3 ..., ends at most once and says nothing after; a scope has one
     * open outage at a time.
     */
    static void everyOutageOpensOnceAndEndsOnce(List<Event> outages) {
        List<String> broken = new ArrayList<>();
        Map<String, String> openByScope = new HashMap<>();
        Map<String, Integer> version = new HashMap<>();
        Set<String> ended = new HashSet<>();
        for (Event event : outages) {
            if (event.tombstone()) {
                continue;
            }
            int wanted = version.merge(event.id(), 1, Integer::sum);
            if (event.data().path("version").asInt() != wanted) {
                broken.add("want version " + wanted + ": " + event.brief());
            }
            if (event.opened() != (wanted == 1)) {
                broken.add("opened is the first version and no other: " + event.brief());
            }
            if (ended.contains(event.id())) {
                broken.add("speaks after its end: " + event.brief());
            }
            String open = openByScope.get(event.key());
            if (open != null && !open.equals(event.id())) {
                broken.add("beside the open " + open + ": " + event.brief());
            }
            if (event.ended()) {
                ended.add(event.id());
                openByScope.remove(event.key());
            } else {
                openByScope.put(event.key(), event.id());
            }
        }
        assertThat(broken).as("outages").isEmpty();
    }

    /** The last record of each key that no tombstone ended. */
    static Map<String, Event> fold(List<Event> stream) {
        Map<String, Event> fold = new LinkedHashMap<>();
        for (Event event : stream) {
            if (event.tombstone()) {
                fold.remove(event.key());
            } else {
                fold.put(event.key(), event);
            }
        }
        return fold;
    }
}
