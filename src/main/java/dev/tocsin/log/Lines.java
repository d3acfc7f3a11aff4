package dev.tocsin.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a file, one after the other, as bytes. Confined: one reader. */
final class Lines {
    /* An outage lists at most 3 x 100 members and a text of 4 KiB: far below. More is a file without line feeds. */
    private static final int LINE_BYTES_MAX = 16 << 20;
    private static final int CHUNK_BYTES = 64 << 10;

    private final InputStream file;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private int from;
    private int to;
    private long end;
    private boolean terminated;

    Lines(InputStream file) {
        this.file = file;
    }

    /** Goes on to the next line, finished or not; false at the end of the file. */
    boolean next() throws IOException {
        line.reset();
        terminated = false;
        boolean any = false;
        while (from < to || fill()) {
            any = true;
            int feed = from;
            while (feed < to && chunk[feed] != '\n') {
                feed++;
            }
            int room = LINE_BYTES_MAX - line.size();
            line.write(chunk, from, Math.min(feed - from, room));
            terminated = feed < to;
            end += feed - from + (terminated ? 1 : 0);
            from = terminated ? feed + 1 : feed;
            if (terminated) {
                break;
            }
        }
        return any;
    }

    /** The line without its line feed; cut at 16 MiB. */
    byte[] line() {
        return line.toByteArray();
    }

    /** Whether the line ended with a line feed, not with the file. */
    boolean terminated() {
        return terminated;
    }

    /** The place in the file right after the line. */
    long end() {
        return end;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, file.read(chunk));
        return to > 0;
    }
}
