package dev.tocsin.cli;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The stdout of commands that print and end, in UTF-8: it remembers what went wrong, which a {@link PrintWriter} keeps to
 * itself. Confined: the main thread.
 */
public final class Stdout {
    private static final int CANNOT_WRITE = 1;

    private final Watched stream;
    private final PrintWriter writer;

    /** @param stream one that fails aloud, which {@code System.out} does not */
    public Stdout(OutputStream stream) {
        this.stream = new Watched(stream);
        this.writer = new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(this.stream, StandardCharsets.UTF_8), 1 << 15));
    }

    /** Where commands print; they may ask it for errors to end early. */
    public PrintWriter writer() {
        return writer;
    }

    /**
     * Writes what is left and returns the exit status: the command's own, also when the reader has seen enough and went; 1
     * when a file or device took no more, which is told.
     */
    public int close(int status, PrintStream err) {
        writer.flush();
        IOException failure = stream.failure;
        if (failure == null || readerGone()) {
            return status;
        }
        err.println("stdout cannot be written: " + failure.getMessage() + "; want a place that takes all of it");
        return status == 0 ? CANNOT_WRITE : status;
    }

    /** Whether a stdout that failed is one that somebody read and left. Not by the error's text: it is in the language of
     * the machine. */
    public static boolean readerGone() {
        try {
            String stdout = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return !stdout.startsWith("/") || stdout.startsWith("/dev/pts/") || stdout.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    /** Remembers its first failure and writes no more. */
    private static final class Watched extends FilterOutputStream {
        private @Nullable IOException failure;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
