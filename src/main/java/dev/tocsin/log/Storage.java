package dev.tocsin.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The disk as the log needs it: the edge that tests make slow, full and broken. */
interface Storage {
    /** The names in a folder, sorted; none when there is no such folder. */
    List<String> names(Path folder) throws IOException;

    void createFolders(Path folder) throws IOException;

    /**
     * Takes the one lock of a folder, signed with the node's name.
     *
     * @throws FolderRefused somebody else has it
     */
    Lock lock(Path folder, String node) throws IOException;

    InputStream read(Path file) throws IOException;

    /** Opens a file to append to; makes it when it is not there. */
    Appender append(Path file) throws IOException;

    /** Cuts a file, and makes that safe. */
    void truncate(Path file, long length) throws IOException;

    /** Renames atomically, in place of what had the name. */
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /** Makes what was created, renamed or deleted in a folder safe. */
    void syncFolder(Path folder) throws IOException;

    /** The lock on a folder; it ends with the process, however that ends. */
    interface Lock extends Closeable {
        /** Whether the folder still holds what was locked: what is written to a removed folder is nowhere. */
        boolean held();
    }

    /** A file open at its end. */
    interface Appender extends Closeable {
        /** Writes all that remains in the bytes. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written survives a loss of power. */
        void sync() throws IOException;
    }
}
