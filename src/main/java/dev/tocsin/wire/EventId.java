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
        byte[] typeText = type.getBytes(StandardCharsets.UTF_8);
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES + typeText.length + key.length + 2 * Long.BYTES)
                .putInt(typeText.length)
                .put(typeText)
                .putInt(key.length)
                .put(key)
                .putLong(event.epoch())
                .putLong(event.seq());
        MessageDigest digest = sha256();
        digest.update(head.array());
        digest.update(data);
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
