package dev.tocsin.cli;

import java.nio.charset.StandardCharsets;

/**
 * An error text as it was given, cut to what is kept of one. Immutable.
 *
 * @param skipped bytes that were cut off
 */
record Text(String text, long skipped) {
    static final int BYTES_MAX = 4 << 10; // as much as is kept of a lastError

    static Text of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, Math.min(bytes.length, BYTES_MAX), Math.max(0, bytes.length - BYTES_MAX));
    }

    /** @param bytes UTF-8; what is none reads as U+FFFD */
    static Text of(byte[] bytes, int length, long skipped) {
        return new Text(new String(bytes, 0, length, StandardCharsets.UTF_8), skipped);
    }
}
