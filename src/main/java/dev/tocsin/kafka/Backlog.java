package dev.tocsin.kafka;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.History;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the log has not come to the outbox yet. Of a stream it takes what is told when nothing of it is left in the files;
 * otherwise it reads on there when there is room. So it holds one page of each. Confined: the publisher's event loop.
 */
final class Backlog {
    private static final List<Stream> FROM_FILES = List.of(Stream.HEALTH, Stream.FINDINGS, Stream.OUTAGES);
    private static final int PAGE = 500;
    private static final int ROOM = 2 * PAGE;
    private static final long AGAIN_MILLIS = 200;

    private final Vertx vertx;
    private final Map<Stream, Long> ends;
    private final Outbox outbox;
    private final Runnable offered;

    private final Map<Stream, Long> next = new EnumMap<>(Stream.class);
    private final Set<Stream> behind = EnumSet.copyOf(FROM_FILES);
    private final Set<Stream> old = EnumSet.copyOf(FROM_FILES);
    private final Set<Stream> reading = EnumSet.noneOf(Stream.class);
    private boolean closed;

    /**
     * @param ends of each stream the offset after the last record that was told; others keep it up to date
     * @param offered is run when records of the files have come to the outbox
     */
    Backlog(Vertx vertx, Map<Stream, Long> ends, Outbox outbox, Runnable offered) {
        this.vertx = vertx;
        this.ends = ends;
        this.outbox = outbox;
        this.offered = offered;
    }

    /** Whether the outbox has had all that was told. */
    boolean taken() {
        return behind.isEmpty();
    }

    /** Whether it has had all health that was told before this began: page by page it would be published, and not merged. */
    boolean healthTaken() {
        return !old.contains(Stream.HEALTH);
    }

    /** Reads nothing any more. */
    void close() {
        closed = true;
    }

    void told(Told.Group group) {
        for (int i = 0; i < group.records().size(); i++) {
            Told told = group.records().get(i);
            Event event = told.event();
            Stream stream = event.stream();
            if (stream == Stream.WATERMARKS) {
                /* It speaks of all before it, so of what is still in the files too; the next one is near. */
                if (taken()) {
                    outbox.offer(event);
                }
            } else if (!behind.contains(stream) && next.getOrDefault(stream, 0L) == told.offset() && room(stream)) {
                outbox.offer(event, group.written(i));
                next.put(stream, told.offset() + 1);
            } else {
                behind.add(stream);
            }
        }
        readOn();
    }

    /** Reads on where something is left, and there is room. */
    void readOn() {
        for (Stream stream : FROM_FILES) {
            if (behind.contains(stream) && room(stream) && !closed && reading.add(stream)) {
                History question = new History(stream, next.getOrDefault(stream, 0L), PAGE);
                vertx.eventBus()
                        .<History.Page>request(Addresses.HISTORY, question)
                        .onComplete(answer -> read(stream, answer.body()), refused -> later(stream));
            }
        }
    }

    private boolean room(Stream stream) {
        return stream == Stream.HEALTH || outbox.waiting(stream) < ROOM;
    }

    private void later(Stream stream) {
        vertx.setTimer(AGAIN_MILLIS, timer -> {
            reading.remove(stream);
            readOn();
        });
    }

    private void read(Stream stream, History.Page page) {
        reading.remove(stream);
        for (Told told : page.records()) {
            if (old.contains(stream)) {
                outbox.offerOld(told.event());
            } else {
                outbox.offer(told.event());
            }
        }
        next.put(stream, page.next());
        /* The log may have told more since it was asked: then there is no other message that says so. */
        if (page.end() && page.next() >= ends.getOrDefault(stream, 0L)) {
            behind.remove(stream);
            old.remove(stream);
        }
        readOn();
        offered.run();
    }
}
