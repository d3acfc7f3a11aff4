package dev.tocsin.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The real disk with a fault before any of its changes. Thread-safe if its fault is. */
final class FaultyDisk implements Storage {
    /** What may go wrong; a thrown exception is what the log sees. */
    interface Fault {
        void before(String change, Path file) throws IOException;
    }

    private final Disk disk = new Disk();
    private final boolean syncs;
    private volatile Fault fault = (change, file) -> {};

    FaultyDisk() {
        this(true);
    }

    private FaultyDisk(boolean syncs) {
        this.syncs = syncs;
    }

    /** One that answers a synchronisation at once: enough where no power is lost, and much faster. */
    static FaultyDisk quick() {
        return new FaultyDisk(false);
    }

    void fault(Fault next) {
        fault = next;
    }

    void heal() {
        fault = (change, file) -> {};
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        return disk.names(folder);
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        disk.createFolders(folder);
    }

    @Override
    public Lock lock(Path folder, String node) throws IOException {
        return disk.lock(folder, node);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public Appender append(Path file) throws IOException {
        fault.before("append", file);
        Appender real = disk.append(file);
        return new Appender() {
            /* A disk that is full, or a kill, leaves a part of what was written. */
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                try {
                    fault.before("write", file);
                } catch (IOException e) {
                    real.write(bytes.slice().limit(bytes.remaining() * 2 / 3));
                    throw e;
                }
                real.write(bytes);
            }

            @Override
            public void sync() throws IOException {
                fault.before("sync", file);
                if (syncs) {
                    real.sync();
                }
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        fault.before("truncate", file);
        if (syncs) {
            disk.truncate(file, length);
        } else {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        fault.before("move", to);
        if (!syncs) {
            disk.delete(to); // some file systems synchronise what is renamed over another file
        }
        disk.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        fault.before("delete", file);
        disk.delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        fault.before("syncFolder", folder);
        if (syncs) {
            disk.syncFolder(folder);
        }
    }
}
