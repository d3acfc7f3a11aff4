package dev.tocsin.log;

import java.nio.file.Path;

/** A process that takes the lock of a folder, says so, and keeps it until its input ends. */
public final class HoldLock {
    private HoldLock() {}

    public static void main(String[] args) throws Exception {
        try (FolderLock lock = FolderLock.take(Path.of(args[0]), "other-node")) {
            System.out.println("held " + lock.hashCode());
            while (System.in.read() >= 0) {
                /* until we are told to end */
            }
        }
    }
}
