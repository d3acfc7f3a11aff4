package dev.tocsin.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the topics make of the log's records, each mistake with its record: nothing when the promise was kept. Immutable.
 *
 * @param records how many the topics have, but for watermarks
 * @param opened how many outages they saw open
 * @param starts how many starts of the monitor have written to them
 */
record Account(
        int records,
        int opened,
        int starts,
        List<String> lost,
        List<String> duplicated,
        List<String> outOfOrder,
        List<String> doubleOpens,
        List<String> lostResolves) {
    /** The streams of which every record counts. */
    static final List<String> STREAMS = List.of("health", "outages", "findings");

    /**
     * @param topics the records of each stream in the order of its partitions
     * @param log those of the log, in its order
     */
    static Account of(Map<String, List<Event>> topics, Map<String, List<Event>> log) {
        var books = new Books();
        for (String stream : STREAMS) {
            Map<String, Last> last = new HashMap<>();
            topics.get(stream).forEach(event -> books.enter(event, last));
            books.lastWords(topics.get(stream), log.get(stream));
        }
        for (String stream : List.of("outages", "findings")) {
            books.oneByOne(topics.get(stream), log.get(stream));
        }
        books.outages(topics.get("outages"), log.get("outages"));
        return new Account(
                books.records,
                books.opened.size(),
                books.epochs.size(),
                List.copyOf(books.lost),
                List.copyOf(books.duplicated),
                List.copyOf(books.outOfOrder),
                List.copyOf(books.doubleOpens),
                List.copyOf(books.lostResolves));
    }

    /** All that is wrong, a line each. */
    List<String> mistakes() {
        List<String> all = new ArrayList<>();
        Map.of(
                        "lost", lost,
                        "duplicated", duplicated,
                        "out of order", outOfOrder,
                        "double open", doubleOpens,
                        "lost resolve", lostResolves)
                .forEach((what, events) -> events.forEach(event -> all.add(what + ": " + event)));
        return all;
    }

    /** Where a key stands: a tombstone ends its life, and it starts again. */
    private record Last(long epoch, long seq, Set<String> seen) {
        static final Last NONE = new Last(0, 0, Set.of());
    }

    /** An account that is not closed yet. Confined: who keeps it. */
    private static final class Books {
        private final List<String> lost = new ArrayList<>();
        private final List<String> duplicated = new ArrayList<>();
        private final List<String> outOfOrder = new ArrayList<>();
        private final List<String> doubleOpens = new ArrayList<>();
        private final List<String> lostResolves = new ArrayList<>();
        private final Set<String> opened = new HashSet<>();
        private final Set<Long> epochs = new HashSet<>();
        private int records;

        void enter(Event event, Map<String, Last> last) {
            records++;
            long epoch = event.line().path("tocsinepoch").asLong();
            long seq = event.line().path("sequence").asLong();
            epochs.add(epoch);
            Last before = last.getOrDefault(event.key(), Last.NONE);
            if (before.seen.contains(epoch + "/" + seq)) {
                duplicated.add(event.brief());
            } else if (epoch < before.epoch || seq <= before.seq) {
                outOfOrder.add(event.brief() + " after " + before.epoch + "/" + before.seq);
            } else if (seq - event.coalesced() > before.seq + 1) {
                lost.add("between seq " + before.seq + " and " + event.brief());
            }
            Set<String> seen = before.seen.isEmpty() ? new HashSet<>() : before.seen;
            seen.add(epoch + "/" + seq);
            if (event.tombstone()) {
                last.remove(event.key());
            } else {
                last.put(event.key(), new Last(Math.max(epoch, before.epoch), Math.max(seq, before.seq), seen));
            }
        }

        void lastWords(List<Event> topic, List<Event> log) {
            Map<String, Event> theirs = Invariants.fold(topic);
            Invariants.fold(log).forEach((key, event) -> {
                Event word = theirs.get(key);
                if (word == null || word.epoch() != event.epoch() || word.seq() != event.seq()) {
                    lost.add("the last word: " + event.brief());
                }
            });
        }

        /* Never merged, and all of a cluster on one partition. */
        void oneByOne(List<Event> topic, List<Event> log) {
            Set<String> there = topic.stream().map(Event::eventId).collect(Collectors.toSet());
            log.stream().filter(event -> !there.contains(event.eventId())).forEach(event -> lost.add(event.brief()));
            Map<String, Integer> places = new HashMap<>();
            log.forEach(event -> places.put(event.eventId(), places.size()));
            Map<String, Integer> last = new HashMap<>();
            for (Event event : topic) {
                int place = places.getOrDefault(event.eventId(), Integer.MAX_VALUE);
                Integer before = last.put(event.line().path("partitionkey").asText(), place);
                if (before != null && place < before) {
                    outOfOrder.add("before others in the log: " + event.brief());
                }
            }
        }

        void outages(List<Event> topic, List<Event> log) {
            Map<String, String> open = new HashMap<>();
            Set<String> ended = new HashSet<>();
            for (Event event : topic) {
                if (event.opened()) {
                    boolean again = !opened.add(event.id()) | open.put(event.key(), event.id()) != null;
                    if (again) {
                        doubleOpens.add(event.brief());
                    }
                } else if (event.ended()) {
                    open.remove(event.key());
                    ended.add(event.id());
                }
            }
            Set<String> stand = Invariants.fold(log).values().stream()
                    .filter(event -> !event.ended())
                    .map(Event::id)
                    .collect(Collectors.toSet());
            opened.stream()
                    .filter(id -> !ended.contains(id) && !stand.contains(id))
                    .forEach(lostResolves::add);
        }
    }
}
