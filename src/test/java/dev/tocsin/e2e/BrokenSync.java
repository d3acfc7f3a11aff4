package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/** Until it is mended, no file of a process can be synchronised: {@code fsync} and {@code fdatasync} fail with EIO. */
final class BrokenSync implements AutoCloseable {
    private final Child strace;

    /* FileChannel.force calls fdatasync for contents, fsync for folders. */
    BrokenSync(long pid, Path folder) {
        Path err = folder.resolve("strace.txt");
        strace = Child.start(
                "strace",
                List.of(Command.asRoot(
                        Tool.STRACE.path(),
                        "--follow-forks",
                        "--attach=" + pid,
                        "--output=" + folder.resolve("calls.txt"),
                        "--trace=fsync,fdatasync",
                        "--inject=fsync,fdatasync:error=EIO")),
                folder,
                err,
                ProcessBuilder.Redirect.DISCARD);
        Awaitility.await("strace is attached").atMost(ofSeconds(20)).until(() -> Child.tail(err, 100)
                .contains("attached"));
    }

    /** Lets go of the process, which goes on. */
    void mend() {
        Command.run(
                Command.asRoot("kill", "-INT", Long.toString(strace.process().pid())));
        strace.exitCode(ofSeconds(20));
    }

    @Override
    public void close() {
        if (strace.alive()) {
            mend();
        }
    }
}
