package dev.tocsin.log;

import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Stream;
import dev.tocsin.outage.Decided;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The production log (what waits, files, restore, compaction) on a {@link VirtualDisk}, without threads and timers. */
public final class VirtualLog {
    private static final Path DATA = Path.of("/data");
    private static final LogOptions OPTIONS = LogOptions.DEFAULTS;

    private final VirtualDisk disk;
    private final long segmentBytes;
    private final EventLog log;
    private final Waiting waiting;
    private final Watermarks watermarks;
    private Restored restored;

    private VirtualLog(VirtualDisk disk, long segmentBytes, int mergeAbove, EventLog.Start start) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        this.log = start.log();
        this.restored = start.restored();
        this.waiting = new Waiting(mergeAbove);
        this.watermarks = new Watermarks(restored);
    }

    /**
     * Locks and reads the folder.
     *
     * @param segmentBytes a new file is begun when the last one has so many
     * @param mergeAbove so many records wait one by one
     * @throws IOException somebody else has it, or the disk refuses
     */
    public static VirtualLog open(VirtualDisk disk, String node, long segmentBytes, int mergeAbove) throws IOException {
        DataFolder folder = DataFolder.open(DATA, node, disk);
        boolean opened = false;
        try {
            LogOptions options = options(segmentBytes, mergeAbove);
            VirtualLog log = new VirtualLog(
                    disk, segmentBytes, mergeAbove, EventLog.open(folder, disk, options, Recalled.NOTHING));
            opened = true;
            return log;
        } finally {
            if (!opened) {
                folder.close();
            }
        }
    }

    private static LogOptions options(long segmentBytes, int mergeAbove) {
        return new LogOptions(
                segmentBytes,
                OPTIONS.group(),
                OPTIONS.groupRecords(),
                OPTIONS.retry(),
                mergeAbove,
                OPTIONS.orderedMax(),
                OPTIONS.watermarks(),
                OPTIONS.keep(),
                OPTIONS.compaction(),
                OPTIONS.drain());
    }

    /** What it remembered when it was opened; once. */
    public Restored restored() {
        Restored told = restored;
        restored = Restored.NOTHING;
        return told;
    }

    public void add(DeltaBatch batch) {
        waiting.add(batch);
        watermarks.seen(batch);
    }

    public void add(Decided decisions) {
        waiting.add(decisions);
    }

    /** Due every ten seconds. */
    public void addWatermarks() {
        watermarks.next(waiting).forEach(waiting::add);
    }

    /** Saves one group; what is safe now and may be told. */
    public List<Told> save() {
        List<Event> group = waiting.group(OPTIONS.groupRecords());
        if (group.isEmpty()) {
            return List.of();
        }
        EventLog.Saved saved = log.append(group);
        waiting.saved(saved.rest());
        if (saved.unwritable() > 0) {
            throw new IllegalStateException(saved.unwritable() + " records have no written form");
        }
        return saved.told();
    }

    /** How many health records and watermarks wait. */
    public int merging() {
        return waiting.size() - waiting.ordered();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Drops what is superseded, as it does every hour. */
    public void compact(Instant now) {
        for (Stream stream : Stream.values()) {
            Path folder = DATA.resolve("log").resolve(stream.text());
            Instant keptFrom = stream == Stream.WATERMARKS ? Instant.MAX : now;
            try {
                new Compaction(disk, stream, folder, segmentBytes, () -> false).run(keptFrom);
            } catch (IOException refused) {
                /* costs this round, nothing else */
            }
        }
    }

    /** The records that a reader of the files finds, from those offsets on, in the order of each stream. */
    public static List<Told> read(VirtualDisk disk, java.util.Map<Stream, Long> from) {
        List<Told> records = new ArrayList<>();
        try {
            for (Stream stream : Stream.values()) {
                long first = from.getOrDefault(stream, 0L);
                for (Segment segment : Segment.all(stream, DATA.resolve("log").resolve(stream.text()), disk)) {
                    if (segment.bound() > first) {
                        segment.read(disk, new Reader(first, records));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private record Reader(long first, List<Told> records) implements Segment.Reader {
        @Override
        public void record(Envelope envelope) {
            if (envelope.offset() >= first) {
                records.add(Told.of(event(envelope), envelope.offset()));
            }
        }

        @Override
        public void broken(Segment segment, long line, String why) {
            throw new IllegalStateException(segment.file() + ":" + line + ": " + why);
        }

        private static Event event(Envelope envelope) {
            try {
                return envelope.event();
            } catch (RecordRefused refused) {
                throw new IllegalStateException("a line of our own cannot be read", refused);
            }
        }
    }

    /** A record as it is written. */
    public static byte[] line(Told told) {
        return Seal.close(CloudEvents.line(told.event(), told.offset()));
    }
}
