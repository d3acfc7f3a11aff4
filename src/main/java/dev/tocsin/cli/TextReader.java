package dev.tocsin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Texts from a stream, each up to its separator, in bounded memory: of a longer one the beginning. Confined: its reader. */
final class TextReader {
    private final InputStream in;
    private final byte separator;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] kept = new byte[Text.BYTES_MAX];
    private int next;
    private int limit;

    /** @param separator {@code '\n'} (the end of line may be CR LF) or NUL */
    TextReader(InputStream in, char separator) {
        this.in = in;
        this.separator = (byte) separator;
    }

    /** The next text; empty at the end. Nothing behind the last separator is no text. */
    Optional<Text> next() throws IOException {
        int length = 0;
        long skipped = 0;
        boolean any = false;
        while (next < limit || fill()) {
            byte b = buffer[next++];
            any = true;
            if (b == separator) {
                break;
            }
            if (length < kept.length) {
                kept[length++] = b;
            } else {
                skipped++;
            }
        }
        boolean carriageReturn = separator == '\n' && skipped == 0 && length > 0 && kept[length - 1] == '\r';
        return any ? Optional.of(Text.of(kept, carriageReturn ? length - 1 : length, skipped)) : Optional.empty();
    }

    /** Whether the next text would have to be waited for. */
    boolean waits() throws IOException {
        return next == limit && in.available() == 0;
    }

    private boolean fill() throws IOException {
        next = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
