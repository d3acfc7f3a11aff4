package dev.tocsin.log;

import dev.tocsin.bus.Restored;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The fold of all lines of a log: the last of each key that no tombstone ended. Confined: the log's writer thread. */
final class Memory {
    private final Map<Stream, Map<String, Envelope>> last = new EnumMap<>(Stream.class);
    private long epoch;

    Memory() {
        for (Stream stream : Stream.values()) {
            last.put(stream, new LinkedHashMap<>());
        }
    }

    void add(Envelope line) {
        epoch = Math.max(epoch, line.epoch());
        Map<String, Envelope> keys = of(line.stream());
        if (line.tombstone()) {
            keys.remove(line.key());
        } else {
            keys.put(line.key(), line);
        }
    }

    /** Whether a key is there, and not ended. */
    boolean knows(Stream stream, String key) {
        return of(stream).containsKey(key);
    }

    /** The highest epoch of any line; 0 when there is none. */
    long epoch() {
        return epoch;
    }

    /* Lines are decoded here, once for a key, and let go one by one: a log may hold a hundred lines of each. */
    /**
     * The last records, decoded; the memory is empty afterwards.
     *
     * @param refused told of intact lines that we cannot decode: a word that only a later minor version knows
     */
    Restored recall(long newEpoch, BiConsumer<Envelope, RecordRefused> refused) {
        List<HealthDelta> health = new ArrayList<>();
        List<Outage> outages = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Watermark> watermarks = new ArrayList<>();
        for (Stream stream : Stream.values()) {
            Iterator<Envelope> lines = of(stream).values().iterator();
            while (lines.hasNext()) {
                Envelope line = lines.next();
                lines.remove();
                try {
                    Event event = line.event();
                    if (event instanceof Event.OfHealth of) {
                        health.add(of.delta());
                    } else if (event instanceof Event.OfOutage of) {
                        outages.add(of.outage());
                    } else if (event instanceof Event.OfFinding of) {
                        findings.add(of.finding());
                    } else if (event instanceof Event.OfWatermark of) {
                        watermarks.add(of.watermark());
                    }
                } catch (RecordRefused e) {
                    refused.accept(line, e);
                }
            }
        }
        return new Restored(
                newEpoch, List.copyOf(health), List.copyOf(outages), List.copyOf(findings), List.copyOf(watermarks));
    }

    private Map<String, Envelope> of(Stream stream) {
        return java.util.Objects.requireNonNull(last.get(stream));
    }
}
