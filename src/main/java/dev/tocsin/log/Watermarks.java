package dev.tocsin.log;

import dev.tocsin.bus.Restored;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Watermark;
import dev.tocsin.wire.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last batch of each source, and the watermarks made of it. Confined: the log verticle's event loop. */
final class Watermarks {
    private final long epoch;
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<String, Watermark> last = new LinkedHashMap<>();

    Watermarks(Restored restored) {
        epoch = restored.epoch();
        for (Watermark watermark : restored.watermarks()) {
            seqs.put(watermark.source().name(), watermark.seq());
        }
    }

    void seen(DeltaBatch batch) {
        /* Not the batch itself: it would keep its deltas alive. The number is given when it is written. */
        last.put(batch.source().name(), of(batch));
    }

    /** One of each source that has spoken. One that still waits is replaced, under its number. */
    List<Event.OfWatermark> next(Waiting waiting) {
        List<Event.OfWatermark> watermarks = new ArrayList<>(last.size());
        for (Map.Entry<String, Watermark> source : last.entrySet()) {
            long before = seqs.getOrDefault(source.getKey(), 0L);
            long seq = waiting.hasWatermark(source.getKey()) ? before : before + 1;
            seqs.put(source.getKey(), seq);
            watermarks.add(new Event.OfWatermark(numbered(source.getValue(), seq)));
        }
        return watermarks;
    }

    private Watermark of(DeltaBatch batch) {
        return new Watermark(
                batch.source(),
                batch.state(),
                batch.why(),
                batch.observedUntil(),
                batch.targets(),
                batch.down(),
                batch.unknown(),
                epoch,
                0);
    }

    private static Watermark numbered(Watermark w, long seq) {
        return new Watermark(
                w.source(), w.state(), w.why(), w.observedUntil(), w.targets(), w.down(), w.unknown(), w.epoch(), seq);
    }
}
