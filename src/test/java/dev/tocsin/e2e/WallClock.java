package dev.tocsin.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The wall clock of one process, which can be set while it runs; its monotonic clock goes on. Confined: the test. */
final class WallClock {
    private final Path file;

    WallClock(Path folder) {
        this.file = folder.resolve("wall-clock");
        set("+0");
    }

    /** What a process is started under. */
    String[] command() {
        return new String[] {
            "env",
            "LD_PRELOAD=" + Tool.FAKETIME.path(),
            "FAKETIME_TIMESTAMP_FILE=" + file,
            "FAKETIME_CACHE_DURATION=1", // seconds until it reads the file again
            "DONT_FAKE_MONOTONIC=1",
            /* On, as Debian builds it, every timed wait of a JVM spins: measured. */
            "FAKETIME_FORCE_MONOTONIC_FIX=0",
            "NO_FAKE_STAT=1"
        };
    }

    /** So far from the true time, as {@code +1h}, {@code -10y}, {@code +0}. */
    void set(String offset) {
        try {
            Path next = Files.writeString(file.resolveSibling("wall-clock.tmp"), offset + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
