package dev.tocsin.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id of an event: 128 bits of SHA-256 over type, key, epoch, seq and data, so that a retry has the same. */
final class EventId {
    private static final int BYTES = 16;

    private EventId() {}

    static String of(String type, Event event, byte[] data) {
        MessageDigest digest = sha256();
        text(digest, type);
        text(digest, event.key());
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(event.epoch())
                .putLong(event.seq())
                .flip());
        digest.update(data);
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
