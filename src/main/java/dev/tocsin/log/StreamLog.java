package dev.tocsin.log;

import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The end of one stream, where records are appended. Confined: the log's writer thread. */
final class StreamLog {
    private final Storage storage;
    private final Path folder;
    private final long segmentBytes;
    /* Outside of the heap: from there the disk takes it without a copy, and a group is some megabytes. */
    private ByteBuffer unsaved = ByteBuffer.allocateDirect(1 << 16);

    /* The last file, its length that is safe, and whether it is open. After a failure there is none. */
    private @Nullable Path file;
    private Storage.@Nullable Appender open;
    private long bytes;
    private long safe;
    private long next;

    /** @param last where the stream's last file ends; null when there is none to go on with */
    StreamLog(Storage storage, Path folder, long segmentBytes, long next, @Nullable Path last, long bytes) {
        this.storage = storage;
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.safe = next;
        this.next = next;
        this.file = last;
        this.bytes = bytes;
    }

    /* A process that has run out of descriptors, for its connections, must still be able to say what it cannot see. */
    /** Opens its file ahead of the first record. When that fails the first save tries again, and tells. */
    void open() {
        try {
            appender();
        } catch (IOException e) {
            close(open);
            open = null;
        }
    }

    /** Takes a record; {@link #save()} writes it. Returns its offset. */
    long put(Event event, Written written) {
        byte[] line = Seal.close(CloudEvents.line(event, written, next));
        if (unsaved.remaining() < line.length) {
            int bytesAtLeast = unsaved.position() + line.length;
            unsaved = ByteBuffer.allocateDirect(Math.max(2 * unsaved.capacity(), bytesAtLeast))
                    .put(unsaved.flip());
        }
        unsaved.put(line);
        return next++;
    }

    /** Writes what was put and returns when it is safe. When that fails, nothing of it was put. */
    void save() throws IOException {
        int size = unsaved.position();
        if (size == 0) {
            return;
        }
        try {
            Storage.Appender end = appender();
            end.write(unsaved.duplicate().flip());
            end.sync();
        } catch (IOException e) {
            leave();
            throw e;
        }
        bytes += size;
        safe = next;
        unsaved.clear();
    }

    /** The offset after the last record that is safe. */
    long end() {
        return safe;
    }

    /** Forgets what was put since the last save. */
    void discard() {
        unsaved.clear();
        next = safe;
    }

    void close() throws IOException {
        discard();
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private Storage.Appender appender() throws IOException {
        if (bytes >= segmentBytes) {
            close(detach());
        }
        if (open == null) {
            Path path = file;
            if (path == null) {
                path = Segment.file(folder, safe);
                /* A file of that name holds nothing that was safe: those records would be below its offset. */
                storage.delete(path);
                bytes = 0;
            }
            open = storage.append(path);
            storage.syncFolder(folder);
            file = path;
        }
        return open;
    }

    /* After a failed fsync the kernel may have dropped the pages and calls the next fsync of this file a success. So the
     * file is given up at its safe length, and what was not acknowledged is written again, from memory, into a new one.
     * Where even the cut fails, the new file's name tells readers where the old one ends. */
    private void leave() {
        discard();
        Path left = file;
        close(detach());
        if (left != null) {
            try {
                storage.truncate(left, bytes);
            } catch (IOException e) {
                /* told by the failure that brought us here */
            }
        }
    }

    private Storage.@Nullable Appender detach() {
        Storage.Appender was = open;
        open = null;
        file = null;
        return was;
    }

    /* All of it that counts was synchronised before. */
    private static void close(Storage.@Nullable Appender was) {
        if (was != null) {
            try {
                was.close();
            } catch (IOException e) {
                /* nothing is lost with it */
            }
        }
    }
}
