package dev.tocsin.log;

import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes the closed files of a stream small: it keeps what is young and the last record of each key, under their offsets.
 * Confined: its thread. It never touches the last file, so it never meets the writer.
 *
 * <p>A kill at any point leaves a log that folds to the same: files are replaced whole, oldest first, and of two files
 * that were merged, what the first has of the second does not count while the second is there.
 */
final class Compaction {
    private static final int CHUNK_BYTES = 1 << 20;
    /* Rewriting a file for less than a fifth of it is not worth the disk's time. */
    private static final double WORTH = 0.2;

    private final Storage storage;
    private final Stream stream;
    private final Path folder;
    private final long segmentBytes;
    private final BooleanSupplier stopped;

    Compaction(Storage storage, Stream stream, Path folder, long segmentBytes, BooleanSupplier stopped) {
        this.storage = storage;
        this.stream = stream;
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.stopped = stopped;
    }

    /** What a compaction dropped. */
    record Dropped(long records, int files) {
        static final Dropped NOTHING = new Dropped(0, 0);
    }

    /** @param keptFrom records of this time or after it are kept, whatever follows them */
    Dropped run(Instant keptFrom) throws IOException {
        List<Segment> all = Segment.all(stream, folder, storage);
        List<Segment> closed = all.subList(0, Math.max(0, all.size() - 1));
        if (closed.isEmpty()) {
            return Dropped.NOTHING;
        }
        Survivors survivors = new Survivors(keptFrom);
        for (Segment segment : closed) {
            segment.read(storage, new Lasts(survivors));
        }
        List<Share> shares = new ArrayList<>();
        for (Segment segment : closed) {
            Share share = new Share(segment, survivors);
            share.superseded = segment.read(storage, share).superseded();
            shares.add(share);
        }
        return rewrite(shares, survivors);
    }

    private Dropped rewrite(List<Share> shares, Survivors survivors) throws IOException {
        long records = 0;
        int files = 0;
        for (int from = 0; from < shares.size(); ) {
            int to = from + 1;
            long kept = shares.get(from).kept;
            while (to < shares.size() && kept + shares.get(to).kept <= segmentBytes) {
                kept += shares.get(to++).kept;
            }
            List<Share> group = shares.subList(from, to);
            if (group.size() > 1 || group.get(0).worth()) {
                merge(group, survivors);
                records += group.stream().mapToLong(share -> share.dropped).sum();
                files += group.size() - 1;
            }
            from = to;
        }
        return new Dropped(records, files);
    }

    /* Into the first one's place; then the others go, in order, each deletion safe before the next. */
    private void merge(List<Share> group, Survivors survivors) throws IOException {
        Path target = group.get(0).segment.file();
        Path temporary = DataFolder.temporary(target);
        storage.delete(temporary);
        try (Copy copy = new Copy(storage.append(temporary), survivors)) {
            for (Share share : group) {
                share.segment.read(storage, copy);
            }
            copy.finish();
        } catch (IOException e) {
            storage.delete(temporary);
            throw e;
        }
        storage.move(temporary, target);
        storage.syncFolder(folder);
        for (Share share : group.subList(1, group.size())) {
            storage.delete(share.segment.file());
            storage.syncFolder(folder);
        }
    }

    private void goOn() throws IOException {
        if (stopped.getAsBoolean()) {
            throw new Stopped();
        }
    }

    /** A stop in the midst of a compaction; the files stay as they are. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped");
        }
    }

    /** The first reading: which record of each key is the last. */
    private final class Lasts implements Segment.Reader {
        private final Survivors survivors;

        Lasts(Survivors survivors) {
            this.survivors = survivors;
        }

        @Override
        public void record(Envelope envelope) throws IOException {
            goOn();
            survivors.last(envelope);
        }

        @Override
        public void broken(Segment segment, long line, String why) {}
    }

    /** The second reading: how much of a file stays. */
    private final class Share implements Segment.Reader {
        private final Segment segment;
        private final Survivors survivors;
        private long kept;
        private long bytes;
        private long dropped;
        private int superseded;
        private boolean buried; // it has records of a key of which the tombstone goes, and would bring it back

        Share(Segment segment, Survivors survivors) {
            this.segment = segment;
            this.survivors = survivors;
        }

        boolean worth() {
            return superseded > 0 || buried || bytes - kept > WORTH * bytes;
        }

        @Override
        public void record(Envelope envelope) throws IOException {
            goOn();
            bytes += envelope.line().length + 1;
            if (survivors.keeps(envelope)) {
                kept += envelope.line().length + 1;
            } else {
                dropped++;
                buried |= survivors.ended(envelope) && !envelope.tombstone();
            }
        }

        @Override
        public void broken(Segment broken, long line, String why) {}
    }

    /** The third reading: what stays goes to the new file, byte for byte. */
    private final class Copy implements Segment.Reader, AutoCloseable {
        private final Storage.Appender file;
        private final Survivors survivors;
        private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);

        Copy(Storage.Appender file, Survivors survivors) {
            this.file = file;
            this.survivors = survivors;
        }

        @Override
        public void record(Envelope envelope) throws IOException {
            goOn();
            if (!survivors.keeps(envelope)) {
                return;
            }
            if (chunk.remaining() < envelope.line().length + 1) {
                flush();
            }
            if (chunk.remaining() < envelope.line().length + 1) {
                file.write(ByteBuffer.wrap(envelope.line()));
                file.write(ByteBuffer.wrap(new byte[] {'\n'}));
            } else {
                chunk.put(envelope.line()).put((byte) '\n');
            }
        }

        @Override
        public void broken(Segment broken, long line, String why) {}

        void finish() throws IOException {
            flush();
            file.sync();
        }

        private void flush() throws IOException {
            file.write(chunk.flip());
            chunk.clear();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
