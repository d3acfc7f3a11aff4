package dev.tocsin.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The CloudEvents {@code source}: a path of percent-encoded names. */
final class Origin {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Origin() {}

    static String of(String... names) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            path.append('/');
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                append(path, b);
            }
        }
        return path.toString();
    }

    /** The last name of a path. */
    static String last(String path) throws RecordRefused {
        try {
            return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RecordRefused("source: got \"" + path + "\", want a path of percent-encoded names");
        }
    }

    private static void append(StringBuilder path, byte b) {
        boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
        if (plain || UNRESERVED.indexOf(b) >= 0) {
            path.append((char) b);
        } else {
            path.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
        }
    }
}
