package dev.tocsin.log;

import dev.tocsin.bus.History;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.RecordRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the files hold, page by page, while others append to them and compact them. Confined: one worker thread. */
final class Past {
    private static final int REOPENED_MAX = 10; // a compaction may take a file away between its listing and its opening

    private final Path data;
    private final Storage storage;
    /* Where the last page of a stream ended: who reads on need not look for the place. */
    private final Map<Stream, Place> places = new EnumMap<>(Stream.class);

    Past(Path data, Storage storage) {
        this.data = data;
        this.storage = storage;
    }

    /** A file that is being read. What a compaction puts in its place is read after it. */
    private record Place(Segment segment, InputStream in, Lines lines, long next) {
        Place at(long offset) {
            return new Place(segment, in, lines, offset);
        }
    }

    /** The records from an offset on that are below {@code until}, which are safe. */
    History.Page page(History asked, long until) throws IOException {
        List<Told> records = new ArrayList<>();
        long next = asked.from();
        Place place = places.remove(asked.stream());
        if (place != null && place.next() != next) {
            place.in().close();
            place = null;
        }
        while (next < until && records.size() < asked.max()) {
            if (place == null) {
                place = open(asked.stream(), next);
                if (place == null) {
                    next = until;
                    break;
                }
            }
            Told told = told(place, next, until);
            if (told != null) {
                records.add(told);
                next = told.offset() + 1;
                continue;
            }
            /* The file is at its end, and held all that was safe below its bound. */
            next = Math.max(next, Math.min(place.segment().bound(), until));
            place.in().close();
            place = null;
        }
        if (place != null) {
            keep(asked.stream(), place.at(next));
        }
        return new History.Page(List.copyOf(records), next, next >= until);
    }

    /* The last file gets a bound when the next one is begun, so it is looked at again for each page. */
    private void keep(Stream stream, Place place) throws IOException {
        if (place.segment().bound() == Long.MAX_VALUE) {
            place.in().close();
        } else {
            places.put(stream, place);
        }
    }

    void close() {
        for (Place place : places.values()) {
            try {
                place.in().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        places.clear();
    }

    private @Nullable Place open(Stream stream, long next) throws IOException {
        for (int i = 0; ; i++) {
            try {
                for (Segment segment : Segment.all(stream, data.resolve("log").resolve(stream.text()), storage)) {
                    if (segment.bound() > next) {
                        InputStream in = storage.read(segment.file());
                        return new Place(segment, in, new Lines(in), next);
                    }
                }
                return null;
            } catch (NoSuchFileException e) {
                if (i >= REOPENED_MAX) {
                    throw e;
                }
            }
        }
    }

    /** The next record of a file that is wanted; null when there is none. What is broken was told at the start. */
    private static @Nullable Told told(Place place, long next, long until) throws IOException {
        while (place.lines().next() && place.lines().terminated()) {
            try {
                Envelope envelope = place.segment()
                        .envelope(place.lines().line(), place.segment().first());
                if (envelope.offset() >= Math.min(until, place.segment().bound())) {
                    return null;
                }
                if (envelope.offset() >= next) {
                    return Told.of(envelope.event(), envelope.offset());
                }
            } catch (RecordRefused e) {
                continue;
            }
        }
        return null;
    }
}
