package dev.tocsin.log;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Stream;
import dev.tocsin.outage.Decided;
import dev.tocsin.wire.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records that wait for the disk, in order. Confined: the log verticle's event loop.
 *
 * <p>Bounded: above a number, a health record is merged into the waiting one of its target (so one waits for each), and
 * of each source one watermark waits. Outages, findings and tombstones are never merged; {@link #ordered()} counts them
 * for who must give up.
 */
final class Waiting {
    private final int mergeAbove;
    private final LinkedHashMap<Long, Event> events = new LinkedHashMap<>();
    private final Map<String, Long> health = new HashMap<>();
    private final Map<String, Long> watermarks = new HashMap<>();
    private List<Event> group = List.of();
    private long ticket;
    private int ordered;
    private long merged;

    Waiting(int mergeAbove) {
        this.mergeAbove = mergeAbove;
    }

    /** How many wait, those of the group on its way among them. */
    int size() {
        return events.size() + group.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** The group on its way to the disk: what was left of the last one, or the first records that wait. */
    List<Event> group(int max) {
        if (group.isEmpty()) {
            group = take(max);
        }
        return group;
    }

    /** The disk has what of the group is not in the rest. */
    void saved(List<Event> rest) {
        group = rest;
    }

    /** How many outages, findings and tombstones wait, those of the group apart. */
    int ordered() {
        return ordered;
    }

    /** How many health records were merged into others, ever. */
    long merged() {
        return merged;
    }

    void add(DeltaBatch batch) {
        batch.deltas().forEach(delta -> add(new Event.OfHealth(delta)));
        batch.findings().forEach(finding -> add(new Event.OfFinding(finding)));
        batch.tombstones().forEach(tombstone -> add(new Event.OfTombstone(tombstone)));
    }

    void add(Decided decisions) {
        decisions.outages().forEach(outage -> add(new Event.OfOutage(outage)));
        decisions.findings().forEach(finding -> add(new Event.OfFinding(finding)));
        decisions.tombstones().forEach(tombstone -> add(new Event.OfTombstone(tombstone)));
    }

    void add(Event event) {
        if (event instanceof Event.OfHealth of) {
            addHealth(of);
        } else if (event instanceof Event.OfWatermark) {
            /* It speaks of all before it: the newer one takes a place at the end. */
            Long older = watermarks.put(event.key(), append(event));
            if (older != null) {
                events.remove(older);
            }
        } else {
            ordered++;
            append(event);
            if (event.stream() == Stream.HEALTH) {
                health.remove(event.key()); // what follows a tombstone is another life of the key
            }
        }
    }

    /** Whether a watermark of that source waits and can still be replaced. */
    boolean hasWatermark(String source) {
        return watermarks.containsKey(source);
    }

    /** Takes the first ones out. */
    List<Event> take(int max) {
        List<Event> taken = new ArrayList<>(Math.min(max, events.size()));
        Iterator<Map.Entry<Long, Event>> first = events.entrySet().iterator();
        while (taken.size() < max && first.hasNext()) {
            Map.Entry<Long, Event> entry = first.next();
            Event event = entry.getValue();
            taken.add(event);
            if (event instanceof Event.OfHealth) {
                health.remove(event.key(), entry.getKey());
            } else if (event instanceof Event.OfWatermark) {
                watermarks.remove(event.key());
            } else {
                ordered--;
            }
            first.remove();
        }
        return taken;
    }

    /* A merged record keeps the earlier one's place: so health stays ahead of the outages it led to. */
    private void addHealth(Event.OfHealth event) {
        Long earlier = health.get(event.key());
        if (earlier != null && events.size() >= mergeAbove) {
            events.computeIfPresent(
                    earlier, (place, old) -> new Event.OfHealth(event.delta().merged(((Event.OfHealth) old).delta())));
            merged++;
        } else {
            health.put(event.key(), append(event));
        }
    }

    private long append(Event event) {
        events.put(++ticket, event);
        return ticket;
    }
}
