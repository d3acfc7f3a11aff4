package dev.tocsin.log;

import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a log at our start: folds its records and what was recalled of later ones, cuts what a crash tore, passes over what
 * is broken. Confined.
 */
final class Restore implements Segment.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
    private static final int TOLD_MAX = 20; // broken lines told one by one; the others as a number
    private final Storage storage;
    private final Memory memory = new Memory();
    private final Ahead ahead;
    private long records;
    private long broken;
    private long tornBytes;

    Restore(Storage storage, Recalled recalled) {
        this.storage = storage;
        this.ahead = new Ahead(recalled);
    }

    /** What a restore met. */
    record Report(long records, long brokenLines, long tornBytes) {}

    /** Folds one stream, and makes its last file one that can be appended to. */
    StreamLog stream(Stream stream, Path folder, long segmentBytes) throws IOException {
        List<Segment> segments = Segment.all(stream, folder, storage);
        long next = 0;
        Path last = null;
        long bytes = 0;
        for (Segment segment : segments) {
            Segment.Extent extent = segment.read(storage, this);
            next = Math.max(Math.max(next, extent.next()), segment.first());
            boolean atEnd = segment.bound() == Long.MAX_VALUE;
            if (extent.torn() > 0) {
                tornBytes += extent.torn();
                told(segment.file(), extent, atEnd);
            }
            if (atEnd && cut(segment.file(), extent)) {
                last = segment.file();
                bytes = extent.bytes();
            }
        }
        return new StreamLog(storage, folder, segmentBytes, next, last, bytes);
    }

    /* The end of a key that was never heard of here ends nothing; its epoch counts. */
    /** Folds what was recalled and is later than the lines of all streams; returns it, for the files to have it too. */
    List<Event> later() {
        List<Event> later = new ArrayList<>();
        for (Envelope record : ahead.rest()) {
            boolean counts = !record.tombstone() || memory.knows(record.stream(), record.key());
            memory.add(record);
            try {
                if (counts) {
                    later.add(record.event());
                }
            } catch (RecordRefused e) {
                continue; // told with the other last records that cannot be read
            }
        }
        return later;
    }

    long epoch() {
        return memory.epoch();
    }

    Restored recall(long epoch) {
        return memory.recall(epoch, (line, refused) -> {
            broken++;
            LOG.atWarn()
                    .addKeyValue("stream", line.stream().text())
                    .addKeyValue("key", line.key())
                    .addKeyValue("offset", line.offset())
                    .addKeyValue("error", refused.getMessage())
                    .log("the last record of a key cannot be read and is passed over");
        });
    }

    Report report() {
        if (broken > TOLD_MAX) {
            LOG.atWarn().addKeyValue("lines", broken).log("broken lines of the log are passed over, in all");
        }
        return new Report(records, broken, tornBytes);
    }

    @Override
    public void record(Envelope envelope) {
        records++;
        memory.add(envelope);
        ahead.seen(envelope);
    }

    @Override
    public void broken(Segment segment, long line, String why) {
        broken++;
        if (broken <= TOLD_MAX) {
            LOG.atWarn()
                    .addKeyValue("place", segment.file() + ":" + line)
                    .addKeyValue("error", why)
                    .log("a broken line of the log is passed over");
        }
    }

    private static void told(Path file, Segment.Extent extent, boolean cut) {
        LOG.atWarn()
                .addKeyValue("place", file)
                .addKeyValue("bytes", extent.torn())
                .log(cut ? "a torn last line of the log is cut" : "a torn last line of the log is passed over");
    }

    /* Where the cut fails the file is left, and the next record goes to a new one. */
    private boolean cut(Path file, Segment.Extent extent) {
        if (extent.torn() == 0) {
            return true;
        }
        try {
            storage.truncate(file, extent.bytes());
            return true;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("place", file)
                    .addKeyValue("error", e.toString())
                    .log("a torn line of the log could not be cut, a new file is begun");
            return false;
        }
    }
}
