package dev.tocsin.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The CloudEvents {@code source}: a path of percent-encoded names. */
final class Origin {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Origin() {}

    static String of(String... names) {
        return of(List.of(names));
    }

    static String of(List<String> names) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            path.append('/');
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                append(path, b);
            }
        }
        return path.toString();
    }

    /** The names of a path. */
    static List<String> names(String path) throws RecordRefused {
        try {
            return Stream.of(path.substring(1).split("/", -1))
                    .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
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
