package dev.tocsin.log;

import dev.tocsin.health.Stream;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.RecordRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of a stream. Immutable.
 *
 * @param first the offset that its name says; of none before
 * @param bound the first offset of the next file, {@link Long#MAX_VALUE} when it is the last. What stands at or behind
 *     it was written again there: a failed synchronisation left it, or a merge that was cut short
 */
record Segment(Stream stream, Path file, long first, long bound) {
    private static final String ENDING = ".ndjson";
    private static final Pattern NAME = Pattern.compile("[0-9]{20}\\.ndjson");

    /** What reads a file's lines. */
    interface Reader {
        void record(Envelope envelope) throws IOException;

        /** @param line its number in the file, from 1 */
        void broken(Segment segment, long line, String why);
    }

    /**
     * How far a file goes.
     *
     * @param next the offset after its last record
     * @param bytes up to the end of its last whole line
     * @param torn bytes behind that
     * @param superseded records at or behind the bound
     */
    record Extent(long next, long bytes, long torn, int superseded) {}

    static Path file(Path folder, long first) {
        return folder.resolve("%020d".formatted(first) + ENDING);
    }

    /** The files of a stream, in order. */
    static List<Segment> all(Stream stream, Path folder, Storage storage) throws IOException {
        List<Long> firsts = new ArrayList<>();
        for (String name : storage.names(folder)) {
            if (NAME.matcher(name).matches()) {
                firsts.add(Long.parseLong(name.substring(0, name.length() - ENDING.length())));
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < firsts.size(); i++) {
            long bound = i + 1 < firsts.size() ? firsts.get(i + 1) : Long.MAX_VALUE;
            segments.add(new Segment(stream, file(folder, firsts.get(i)), firsts.get(i), bound));
        }
        return segments;
    }

    /** Reads all lines that hold. */
    Extent read(Storage storage, Reader reader) throws IOException {
        long next = first;
        long broken = 0; // since the last record: each had an offset once, and nobody else may have it
        long bytes = 0;
        int superseded = 0;
        try (InputStream in = storage.read(file)) {
            Lines lines = new Lines(in);
            for (long number = 1; lines.next(); number++) {
                if (!lines.terminated()) {
                    return new Extent(next + broken, bytes, lines.end() - bytes, superseded);
                }
                bytes = lines.end();
                try {
                    Envelope envelope = envelope(lines.line(), next);
                    if (envelope.offset() >= bound) {
                        superseded++;
                    } else {
                        reader.record(envelope);
                        next = envelope.offset() + 1;
                        broken = 0;
                    }
                } catch (RecordRefused e) {
                    refuseNewer(number, e);
                    reader.broken(this, number, String.valueOf(e.getMessage()));
                    broken++;
                }
            }
        }
        return new Extent(next + broken, bytes, 0, superseded);
    }

    /** The envelope of a line, at that offset or a later one. */
    Envelope envelope(byte[] line, long next) throws RecordRefused {
        if (!Seal.intact(line)) {
            throw RecordRefused.of("crc32c: the line is not as it was written");
        }
        Envelope envelope = CloudEvents.read(line);
        if (envelope.stream() != stream || envelope.offset() < next) {
            throw RecordRefused.of("offset: got " + envelope.offset() + " of "
                    + envelope.stream().text() + ", want " + next + " or more of " + stream.text());
        }
        return envelope;
    }

    /* The line is intact, so nothing else is wrong with it: to go on would lose what a newer version knew. */
    private void refuseNewer(long number, RecordRefused refused) throws FolderRefused {
        if (refused.newer()) {
            throw new FolderRefused(file + ":" + number + ": " + refused.getMessage());
        }
    }
}
