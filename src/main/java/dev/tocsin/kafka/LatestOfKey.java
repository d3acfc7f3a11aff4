package dev.tocsin.kafka;

import dev.tocsin.wire.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lane that keeps what readers must know of each key, and no more: health. What is merged is counted in
 * {@code coalesced}.
 *
 * <p>Bounded: of a key at most a state, its end and the state after it. A key that began and ended unheard leaves nothing,
 * so there are no more keys than live ones and those that readers know.
 */
final class LatestOfKey implements Lane {
    private final Map<String, Waiting> keys = new LinkedHashMap<>();
    /* Keys that readers know, or may know. */
    private final Set<String> heard;
    private int size;
    private long merged;

    /** @param known the keys that readers know when all this begins */
    LatestOfKey(Set<String> known) {
        this.heard = new HashSet<>(known);
    }

    /**
     * What waits of a key, in this order.
     *
     * @param end the tombstone of the life that readers know, or that {@code before} belongs to
     */
    private record Waiting(
            @Nullable Item before,
            @Nullable Item end,
            @Nullable Item after) {
        Item first() {
            return before != null ? before : end != null ? end : Objects.requireNonNull(after);
        }

        int size() {
            return (before == null ? 0 : 1) + (end == null ? 0 : 1) + (after == null ? 0 : 1);
        }
    }

    @Override
    public void offer(Item item) {
        String key = item.event().key();
        Waiting waiting = keys.getOrDefault(key, new Waiting(null, null, null));
        if (item.event() instanceof Event.OfTombstone) {
            end(key, waiting, item);
        } else if (waiting.end == null) {
            put(key, new Waiting(merge(waiting.before, item), null, null));
        } else {
            put(key, new Waiting(waiting.before, waiting.end, merge(waiting.after, item)));
        }
    }

    private void end(String key, Waiting waiting, Item item) {
        if (waiting.end != null) {
            /* The life after the end is over too, unheard. */
            merged += waiting.after == null ? 1 : 2;
            put(key, new Waiting(waiting.before, waiting.end, null));
        } else if (heard.contains(key)) {
            put(key, new Waiting(waiting.before, item, null));
        } else {
            merged += 1 + waiting.size();
            size -= waiting.size();
            keys.remove(key);
        }
    }

    private Item merge(@Nullable Item earlier, Item later) {
        if (earlier == null) {
            return later;
        }
        merged++;
        if (earlier.event() instanceof Event.OfHealth old && later.event() instanceof Event.OfHealth now) {
            return earlier.with(new Event.OfHealth(now.delta().merged(old.delta())));
        }
        return earlier.with(later.event());
    }

    @Override
    public List<Item> take(int max) {
        List<Item> taken = new ArrayList<>();
        Iterator<Map.Entry<String, Waiting>> all = keys.entrySet().iterator();
        while (taken.size() < max && all.hasNext()) {
            Map.Entry<String, Waiting> entry = all.next();
            Waiting waiting = entry.getValue();
            taken.add(waiting.first());
            size--;
            if (waiting.before != null && waiting.end != null) {
                entry.setValue(new Waiting(null, waiting.end, waiting.after));
            } else if (waiting.end != null && waiting.after != null) {
                entry.setValue(new Waiting(waiting.after, null, null));
            } else {
                all.remove();
            }
            /* It may have arrived however its sending ends. */
            heard.add(entry.getKey());
        }
        return taken;
    }

    @Override
    public void putBack(Item item) {
        String key = item.event().key();
        Waiting waiting = keys.getOrDefault(key, new Waiting(null, null, null));
        if (item.event() instanceof Event.OfTombstone) {
            /* What began and ended behind it is over, unheard. */
            merged += waiting.end == null ? 0 : 2;
            put(key, new Waiting(null, item, waiting.end == null ? waiting.before : waiting.after));
        } else {
            put(
                    key,
                    new Waiting(
                            waiting.before == null ? item : merge(item, waiting.before), waiting.end, waiting.after));
        }
    }

    @Override
    public void arrived(Item item) {
        if (item.event() instanceof Event.OfTombstone) {
            heard.remove(item.event().key());
        }
    }

    @Override
    public long first() {
        return keys.values().stream()
                .mapToLong(waiting -> waiting.first().place())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public int size() {
        return size;
    }

    /* All that waits is put here, and counted: a storm is asked for its size with each batch. */
    private void put(String key, Waiting now) {
        Waiting was = keys.put(key, now);
        size += now.size() - (was == null ? 0 : was.size());
    }

    /** How many records were merged into others, or passed over with their keys, ever. */
    long merged() {
        return merged;
    }
}
