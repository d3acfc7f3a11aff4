package dev.tocsin.log;

import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file log of one data folder, open for writing. Confined: the log's writer thread. */
final class EventLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    /* Health is safe before the outages it led to; a watermark is safe after what it speaks of. */
    private static final List<Stream> ORDER =
            List.of(Stream.HEALTH, Stream.FINDINGS, Stream.OUTAGES, Stream.WATERMARKS);

    private final DataFolder folder;
    private final Map<Stream, StreamLog> streams;

    private EventLog(DataFolder folder, Map<Stream, StreamLog> streams) {
        this.folder = folder;
        this.streams = streams;
    }

    /**
     * An open log and what it remembered, which it does not keep.
     *
     * @param ends of each stream the offset after its last record
     */
    record Start(EventLog log, Restored restored, Restore.Report report, Map<Stream, Long> ends) {}

    /**
     * What became of some records.
     *
     * @param told those that are safe now, in their order
     * @param forms of each of them its written form
     * @param rest those that are not, in their order: to be offered again
     * @param unwritable records dropped because they have no written form: a mistake of ours
     * @param failure why there is a rest; null when there is none
     */
    record Saved(
            List<Told> told,
            List<Written> forms,
            List<Event> rest,
            int unwritable,
            @Nullable IOException failure) {}

    /** A record that will be safe with the next synchronisation. */
    private record Put(Event event, Written written, long offset) {}

    /**
     * Locks the folder and reads it.
     *
     * @param recalled what was published from here, or from another folder: what the files lack of it is added to them
     * @throws FolderRefused somebody else has it, or it is of a later version
     */
    static Start open(DataFolder folder, Storage storage, LogOptions options, Recalled recalled) throws IOException {
        Restore restore = new Restore(storage, recalled);
        Map<Stream, StreamLog> streams = new EnumMap<>(Stream.class);
        for (Stream stream : Stream.values()) {
            streams.put(stream, restore.stream(stream, folder.stream(stream), options.segmentBytes()));
        }
        List<Event> later = restore.later();
        long epoch = epoch(recalled.epoch(), restore.epoch(), folder.epoch());
        try {
            folder.epoch(epoch);
        } catch (IOException e) {
            /* The records carry it too. What is lost is that a start that can write nothing at all counts. */
            LOG.atWarn().addKeyValue("error", e.toString()).log("the number of this start could not be kept");
        }
        streams.values().forEach(StreamLog::open);
        EventLog log = new EventLog(folder, streams);
        log.adopt(later, options.groupRecords());
        return new Start(log, restore.recall(epoch), restore.report(), log.ends());
    }

    /* The folder knows each number that was claimed for this start, of which only the one that holds may be had. */
    private static long epoch(long claimed, long written, long kept) {
        return claimed >= kept && claimed > written ? claimed : Math.max(written, kept) + 1;
    }

    /* Without them in the files, a start without Kafka would forget what this one remembers. */
    private void adopt(List<Event> later, int group) {
        for (int from = 0; from < later.size(); from += group) {
            Saved saved = append(later.subList(from, Math.min(from + group, later.size())));
            if (saved.failure() != null) {
                LOG.atWarn()
                        .addKeyValue("error", saved.failure().toString())
                        .log("what was recalled could not be written, and is remembered by this start alone");
                return;
            }
        }
        if (!later.isEmpty()) {
            LOG.atInfo().addKeyValue("records", later.size()).log("the log has taken what was recalled");
        }
    }

    /** Of each stream the offset after its last record that is safe. */
    Map<Stream, Long> ends() {
        Map<Stream, Long> ends = new EnumMap<>(Stream.class);
        streams.forEach((stream, log) -> ends.put(stream, log.end()));
        return ends;
    }

    /** Appends records in their order and returns when the disk has them, or has refused. */
    Saved append(List<Event> events) {
        List<Put> puts = new ArrayList<>(events.size());
        for (Event event : events) {
            put(event).ifPresent(puts::add);
        }
        Set<Stream> safe = EnumSet.noneOf(Stream.class);
        IOException failure = save(safe);
        List<Told> told = new ArrayList<>(puts.size());
        List<Written> forms = new ArrayList<>(puts.size());
        List<Event> rest = new ArrayList<>();
        for (Put put : puts) {
            Event event = put.event();
            if (safe.contains(event.stream())) {
                told.add(Told.of(event, put.offset()));
                forms.add(put.written());
            } else {
                rest.add(event);
            }
        }
        return new Saved(told, forms, rest, events.size() - puts.size(), failure);
    }

    private Optional<Put> put(Event event) {
        try {
            Written written = Written.of(event);
            return Optional.of(new Put(event, written, of(event.stream()).put(event, written)));
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("key", event.key())
                    .addKeyValue("stream", event.stream().text())
                    .log("a record has no written form and is dropped");
            return Optional.empty();
        }
    }

    /* The first refusal ends the round: what is later in the order must not be safe before what is earlier. */
    private @Nullable IOException save(Set<Stream> safe) {
        IOException failure = lost();
        for (Stream stream : ORDER) {
            StreamLog log = of(stream);
            if (failure != null) {
                log.discard();
                continue;
            }
            try {
                log.save();
                safe.add(stream);
            } catch (IOException e) {
                failure = e;
            }
        }
        return failure;
    }

    private @Nullable IOException lost() {
        try {
            folder.checkOurs();
            return null;
        } catch (FolderRefused e) {
            return e;
        }
    }

    private StreamLog of(Stream stream) {
        return Objects.requireNonNull(streams.get(stream));
    }

    @Override
    public void close() throws IOException {
        try {
            for (StreamLog log : streams.values()) {
                log.close();
            }
        } finally {
            folder.close();
        }
    }
}
