package dev.tocsin.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a few hundred kilobytes in place of a folder, that can be full. Confined: the test. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final Path filler;
    private final Thread atExit = new Thread(this::unmount);

    SmallDisk(Path folder, int kilobytes) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.run(Command.asRoot(
                "mount", "-t", "tmpfs", "-o", "mode=777,size=" + kilobytes + "k", "tocsin-test", folder.toString()));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    void fill() {
        byte[] page = new byte[4096];
        try (OutputStream file = Files.newOutputStream(filler)) {
            while (true) {
                file.write(page);
            }
        } catch (IOException full) {
            /* No space left on device: that is what we want. */
        }
    }

    void free() {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* Lazily: a monitor that still runs there keeps it until it ends. */
    private void unmount() {
        Command.run(Command.asRoot("umount", "--lazy", folder.toString()));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        unmount();
    }
}
