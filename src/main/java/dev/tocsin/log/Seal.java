package dev.tocsin.log;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The checksum at the end of each line of the file log: the attribute {@code crc32c} over all bytes before it. */
final class Seal {
    private static final byte[] START = ",\"crc32c\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    private static final int BYTES = START.length + DIGITS + END.length;

    private Seal() {}

    /** The line with its seal and a line feed. */
    static byte[] close(byte[] line) {
        int body = line.length - 1; // without the closing brace
        byte[] closed = new byte[body + BYTES + 1];
        System.arraycopy(line, 0, closed, 0, body);
        System.arraycopy(START, 0, closed, body, START.length);
        System.arraycopy(digits(line, body), 0, closed, body + START.length, DIGITS);
        System.arraycopy(END, 0, closed, body + START.length + DIGITS, END.length);
        closed[closed.length - 1] = '\n';
        return closed;
    }

    /** Whether a line, without its line feed, is as it was written. */
    static boolean intact(byte[] line) {
        int body = line.length - BYTES;
        return body > 0
                && at(line, body, START)
                && at(line, body + START.length, digits(line, body))
                && at(line, body + START.length + DIGITS, END);
    }

    private static byte[] digits(byte[] line, int body) {
        CRC32C crc = new CRC32C();
        crc.update(line, 0, body);
        return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean at(byte[] line, int from, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (line[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
