package dev.tocsin.follow;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table that the records so far amount to: the last state of each key. Whoever reads the same topics has the same one,
 * wherever it began. Confined: its reader.
 */
public final class Fold {
    static final int KEYS_MAX = 1_000_000; // x ~800 B = 800 MB, more than the heap of a laptop's JVM
    private static final int ENDED_MAX = 100_000; // x ~150 B = 15 MB

    private final Map<Topic, Map<String, Known>> live = new EnumMap<>(Topic.class);
    /* A late repeat must not bring an ended key back; the oldest are forgotten first. */
    private final Map<String, Mark> ended = new LinkedHashMap<>();
    private int keys;

    /** One live key. */
    private record Known(Mark mark, Brief brief) {}

    public Fold() {
        for (Topic topic : Topic.values()) {
            live.put(topic, new HashMap<>());
        }
    }

    /** What the record is; the table is as it was. */
    Step decide(Entry entry) {
        Known known = of(entry.topic()).get(entry.key());
        if (known != null) {
            return known.mark().meet(entry);
        }
        Mark mark = ended.get(grave(entry));
        return mark == null ? Mark.first() : mark.meet(entry);
    }

    /** Takes a record that is news; what is told of it. */
    Brief apply(Entry entry) {
        Map<String, Known> topic = of(entry.topic());
        Known before = topic.get(entry.key());
        if (entry.tombstone()) {
            topic.remove(entry.key());
            keys -= before == null ? 0 : 1;
            bury(entry);
            return before == null ? Brief.ofNobody(entry) : before.brief().ended();
        }
        ended.remove(grave(entry));
        Brief brief = Brief.of(entry);
        topic.put(entry.key(), new Known(Mark.of(entry), brief));
        keys += before == null ? 1 : 0;
        return brief;
    }

    /** Whether there is no room for another key. */
    boolean full() {
        return keys >= KEYS_MAX;
    }

    /** The state of a key that has one. */
    Optional<Brief> known(Entry entry) {
        return Optional.ofNullable(of(entry.topic()).get(entry.key())).map(Known::brief);
    }

    /** The states of all keys of a topic, in no order. */
    public List<Brief> states(Topic topic) {
        Collection<Known> known = of(topic).values();
        return known.stream().map(Known::brief).toList();
    }

    private Map<String, Known> of(Topic topic) {
        return live.getOrDefault(topic, Map.of());
    }

    private void bury(Entry entry) {
        ended.put(grave(entry), Mark.of(entry));
        if (ended.size() > ENDED_MAX) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    private static String grave(Entry entry) {
        return entry.topic().text() + " " + entry.key();
    }
}
