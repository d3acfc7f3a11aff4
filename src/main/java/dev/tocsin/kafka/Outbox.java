package dev.tocsin.kafka;

import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be published, batch by batch: a batch has each key once, and the next one follows when all of the last
 * has arrived or was put back. So of a key one record is on its way, and its order holds over every retry. Confined: its
 * publisher.
 *
 * <p>Bounded: health by the number of keys, watermarks by that of sources; outages and findings by who offers them, who
 * reads on when few wait.
 */
final class Outbox {
    private static final int WRITTEN_MAX = 8_192; // of a stream; as a rule x ~0.8 KB = 6.5 MB
    private static final int WRITTEN_BYTES_MAX = 4_096; // 8,192 x 4 KB = 32 MB at most

    private final Published published;
    private final Set<Stream> anew;
    private final EveryRecord outages = new EveryRecord();
    private final EveryRecord findings = new EveryRecord();
    private final LatestOfKey health;
    private final Map<String, Item> watermarks = new LinkedHashMap<>();
    private long places;

    /**
     * @param published what the topics held when this began
     * @param anew streams whose topic was made anew: what they had is written again, as snapshot
     */
    Outbox(Published published, Set<Stream> anew) {
        this.published = published;
        this.anew = anew.isEmpty() ? EnumSet.noneOf(Stream.class) : EnumSet.copyOf(anew);
        this.health = new LatestOfKey(published.known(Stream.HEALTH));
    }

    /** Takes a record that was told before the topics were read: they may have it already. */
    void offerOld(Event event) {
        if (published.covers(event)) {
            return;
        }
        boolean again = anew.contains(event.stream()) || published.overwritten(event.stream(), event.key());
        offer(
                again && event instanceof Event.OfHealth of
                        ? new Event.OfHealth(of.delta().asSnapshot())
                        : event);
    }

    /** Takes a record, in the order of its stream. */
    void offer(Event event) {
        offer(event, null);
    }

    /** @param written its form, where it is at hand; it is kept while few wait, and they go soon */
    void offer(Event event, @Nullable Written written) {
        boolean soon = waiting(event.stream()) < WRITTEN_MAX;
        boolean small = written != null && written.data().length < WRITTEN_BYTES_MAX;
        Item item = new Item(places++, event, soon && small ? written : null);
        switch (event.stream()) {
            case HEALTH -> health.offer(item);
            case OUTAGES -> outages.offer(item);
            case FINDINGS -> findings.offer(item);
            case WATERMARKS -> watermark(item);
        }
    }

    /* It speaks of all before it: the newer one takes a place at the end. */
    private void watermark(Item item) {
        watermarks.remove(item.event().key());
        watermarks.put(item.event().key(), item);
    }

    /** The next batch, of at most so many of each stream; it is on its way now. Empty when nothing waits. */
    List<Item> take(int max) {
        /* With nothing on its way, what does not wait has arrived: so a watermark is published after what it speaks of. */
        List<Item> due = watermarks.isEmpty() ? List.of() : due(max);
        List<Item> batch = new ArrayList<>();
        for (Lane lane : List.of(health, findings, outages)) {
            batch.addAll(lane.take(max));
        }
        due.forEach(item -> watermarks.remove(item.event().key()));
        batch.addAll(due);
        return batch;
    }

    private List<Item> due(int max) {
        long waits = Math.min(health.first(), Math.min(outages.first(), findings.first()));
        return watermarks.values().stream()
                .filter(item -> item.place() < waits)
                .limit(max)
                .toList();
    }

    /** Notes that a record of the last batch has arrived. */
    void arrived(Item item) {
        if (item.event().stream() != Stream.WATERMARKS) {
            lane(item.event().stream()).arrived(item);
        }
    }

    /** Takes back what of the last batch has not arrived, in the order of the batch. */
    void putBack(List<Item> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            if (item.event().stream() == Stream.WATERMARKS) {
                watermarks.putIfAbsent(item.event().key(), item);
            } else {
                lane(item.event().stream()).putBack(item);
            }
        }
    }

    /** How many of a stream wait. */
    int waiting(Stream stream) {
        return stream == Stream.WATERMARKS ? watermarks.size() : lane(stream).size();
    }

    /** How many health records were merged into others, ever. */
    long merged() {
        return health.merged();
    }

    private Lane lane(Stream stream) {
        return switch (stream) {
            case HEALTH -> health;
            case OUTAGES -> outages;
            case FINDINGS -> findings;
            case WATERMARKS -> throw new IllegalArgumentException("watermarks have no lane");
        };
    }
}
