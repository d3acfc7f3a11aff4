package dev.tocsin.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lock on a data folder: one process writes there. The system lets go of it when the process ends, however. */
final class FolderLock implements Storage.Lock {
    /* A POSIX lock belongs to the process and goes when it closes *any* channel on the file. So within this process
     * nobody may open the file twice: this set answers before the system is asked. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object inode;

    private FolderLock(Path file, FileChannel channel, @Nullable Object inode) {
        this.file = file;
        this.channel = channel;
        this.inode = inode;
    }

    /** Takes the lock, or says who has it. */
    static FolderLock take(Path folder, String node) throws IOException {
        Path file = folder.toRealPath().resolve("lock");
        if (!HELD.add(file)) {
            throw refused(folder, holder("pid " + ProcessHandle.current().pid(), "this process"));
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw refused(folder, holder(Files.readString(file).strip(), "nobody knows which"));
            }
            sign(channel, node);
            taken = true;
            return new FolderLock(file, channel, inode(file));
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file);
            }
        }
    }

    /* The signature is for people; a full disk must not keep us from starting. */
    private static void sign(FileChannel channel, String node) {
        try {
            channel.truncate(0);
            String text = "pid " + ProcessHandle.current().pid() + ", node " + node + "\n";
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            /* the lock itself is held all the same */
        }
    }

    private static String holder(String signature, String none) {
        return signature.isEmpty() ? none : signature;
    }

    private static FolderRefused refused(Path folder, String holder) {
        return new FolderRefused("data folder " + folder + " is in use by another process (" + holder
                + "): stop that one, or give this one a folder of its own with --data");
    }

    @Override
    public boolean held() {
        try {
            return Objects.equals(inode, inode(file));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Object inode(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
