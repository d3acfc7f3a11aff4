package dev.tocsin.log;

import dev.tocsin.health.Stream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The folder that is ours alone: locked, of a format we know, with the number of the last start.
 *
 * <pre>
 * lock                                      held by the running process; says which
 * format                                    version of all this
 * epoch                                     number of the last start
 * log/&lt;stream&gt;/&lt;first offset&gt;.ndjson     the records
 * </pre>
 */
final class DataFolder implements Closeable {
    private static final long FORMAT = 1;
    private static final String TEMPORARY = ".tmp";
    private final Path data;
    private final Storage storage;
    private final Storage.Lock lock;

    private DataFolder(Path data, Storage storage, Storage.Lock lock) {
        this.data = data;
        this.storage = storage;
        this.lock = lock;
    }

    static DataFolder open(Path data, String node, Storage storage) throws IOException {
        storage.createFolders(data);
        Storage.Lock lock = storage.lock(data, node);
        boolean opened = false;
        try {
            DataFolder folder = new DataFolder(data, storage, lock);
            folder.checkFormat();
            opened = true;
            return folder;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /** The folder of a stream, made if need be, without what a compaction left unfinished. */
    Path stream(Stream stream) throws IOException {
        Path folder = data.resolve("log").resolve(stream.text());
        storage.createFolders(folder);
        storage.syncFolder(data.resolve("log"));
        storage.syncFolder(data);
        for (String name : storage.names(folder)) {
            if (name.endsWith(TEMPORARY)) {
                storage.delete(folder.resolve(name));
            }
        }
        return folder;
    }

    /** Fails when the folder has been removed or replaced under us. */
    void checkOurs() throws FolderRefused {
        if (!lock.held()) {
            throw new FolderRefused("data folder " + data + " was removed or replaced while we run: start again, and"
                    + " leave it alone");
        }
    }

    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    /** The last number that {@link #epoch(long)} kept; 0 when none. */
    long epoch() throws IOException {
        return number("epoch", 0);
    }

    void epoch(long epoch) throws IOException {
        keep("epoch", epoch);
    }

    private void checkFormat() throws IOException {
        long format = number("format", 0);
        if (format > FORMAT) {
            throw new FolderRefused(data.resolve("format") + ": got version " + format + ", want at most " + FORMAT
                    + ": the folder was written by a newer Tocsin; start that version, or give another folder with"
                    + " --data");
        }
        if (format == 0) {
            keep("format", FORMAT);
        }
    }

    private long number(String name, long absent) throws IOException {
        if (!storage.names(data).contains(name)) {
            return absent;
        }
        try (InputStream text = storage.read(data.resolve(name))) {
            String number = new String(text.readNBytes(32), StandardCharsets.US_ASCII).strip();
            if (!number.matches("[0-9]{1,18}")) {
                throw new FolderRefused(data.resolve(name) + ": got \"" + number.replaceAll("[^ -~]", "?")
                        + "\", want a number: delete the file if the folder is of this version");
            }
            return Long.parseLong(number);
        }
    }

    private void keep(String name, long number) throws IOException {
        Path temporary = data.resolve(name + TEMPORARY);
        storage.delete(temporary);
        try (Storage.Appender file = storage.append(temporary)) {
            file.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)));
            file.sync();
        }
        storage.move(temporary, data.resolve(name));
        storage.syncFolder(data);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
