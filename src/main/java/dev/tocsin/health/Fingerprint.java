package dev.tocsin.health;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The 32 hex digits by which identities become keys: the first 128 bits of SHA-256 over the parts, each preceded by its
 * length. The same on every machine and for ever: keys of compacted topics rest on it.
 */
public final class Fingerprint {
    private static final int BYTES = 16;

    private Fingerprint() {}

    /** The fingerprint of some texts in their order. */
    public static String of(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
    }

    /** The fingerprint of pairs, whatever their order. */
    public static String of(Map<String, String> pairs) {
        return of(flat(pairs));
    }

    /** The pairs sorted by key, flat: key, value, key, value ... */
    public static String[] flat(Map<String, String> pairs) {
        return new TreeMap<>(pairs)
                .entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray(String[]::new);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
