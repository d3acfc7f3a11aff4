package dev.tocsin.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * A disk in memory that loses power, is full, and forgets what was not synchronised. Names are safe at once. Confined: its
 * world.
 */
public final class VirtualDisk implements Storage {
    private final TreeMap<Path, Content> files = new TreeMap<>();
    private VirtualLock holder = new VirtualLock();
    private boolean refuses;
    private int crashIn = Integer.MAX_VALUE;

    /** What a file holds, and how much of it would outlast a loss of power. */
    private static final class Content {
        byte[] bytes = new byte[256];
        int length;
        int safe;

        void add(ByteBuffer more, int count) {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
            }
            more.get(bytes, length, count);
            length += count;
        }
    }

    /** The power is gone in the midst of a change. */
    public static final class PowerLost extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        PowerLost() {
            super(new IOException("the power is gone"));
        }
    }

    /** Every change fails, as on a full or broken disk, until it does not any more. */
    public void refuse(boolean yes) {
        refuses = yes;
    }

    public boolean refuses() {
        return refuses;
    }

    /** The power goes at a change from now on: 0 is the next one. */
    public void losePowerIn(int changes) {
        crashIn = changes;
    }

    /**
     * Who wrote is dead: its lock is free, and of what was written and not synchronised a part stays.
     *
     * @param kept of so many bytes, how many stay
     */
    public void reboot(IntUnaryOperator kept) {
        crashIn = Integer.MAX_VALUE;
        holder.close();
        for (Content content : files.values()) {
            content.length = content.safe + kept.applyAsInt(content.length - content.safe);
            content.safe = content.length;
        }
    }

    @Override
    public List<String> names(Path folder) {
        return files.keySet().stream()
                .filter(file -> folder.equals(file.getParent()))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        change();
    }

    @Override
    public Lock lock(Path folder, String node) throws FolderRefused {
        if (holder.held()) {
            throw new FolderRefused(folder + " is in use");
        }
        holder = new VirtualLock();
        holder.held = true;
        return holder;
    }

    private static final class VirtualLock implements Lock {
        private boolean held;

        @Override
        public boolean held() {
            return held;
        }

        @Override
        public void close() {
            held = false;
        }
    }

    @Override
    public InputStream read(Path file) throws IOException {
        Content content = content(file);
        return new ByteArrayInputStream(content.bytes, 0, content.length);
    }

    @Override
    public Appender append(Path file) throws IOException {
        change();
        Content content = files.computeIfAbsent(file, made -> new Content());
        return new Appender() {
            /* A disk that is full, or a loss of power, leaves a part of what was written. */
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                try {
                    change();
                } catch (IOException | PowerLost e) {
                    content.add(bytes, bytes.remaining() * 2 / 3);
                    throw e;
                }
                content.add(bytes, bytes.remaining());
            }

            @Override
            public void sync() throws IOException {
                change();
                content.safe = content.length;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        change();
        Content content = content(file);
        content.length = (int) length;
        content.safe = content.length;
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        change();
        files.put(to, content(from));
        files.remove(from);
    }

    @Override
    public void delete(Path file) throws IOException {
        change();
        files.remove(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        change();
    }

    private void change() throws IOException {
        if (crashIn-- <= 0) {
            throw new PowerLost();
        }
        if (refuses) {
            throw new IOException("no space left on device");
        }
    }

    private Content content(Path file) throws NoSuchFileException {
        Content content = files.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }
}
