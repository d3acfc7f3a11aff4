package dev.tocsin.outage;

import dev.tocsin.health.Fingerprint;
import java.math.BigInteger;
import java.time.Instant;

/** Ids of outages. */
final class OutageIds {
    /** Crockford's base 32: no letter that looks like a digit. */
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 26; // 26 x 5 bits >= 128 bits

    private OutageIds() {}

    /**
     * The id of the outage of a scope that the record (epoch, seq) opens at that time. Without the time it would be used
     * twice: after a tombstone {@code seq} starts at 1 again, in the same epoch.
     */
    static String of(Scope scope, long epoch, long seq, Instant openedAt) {
        String record = epoch + " " + seq + " " + openedAt.toEpochMilli();
        BigInteger number = new BigInteger(Fingerprint.of(scope.key(), record), 16);
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(DIGITS.charAt(number.intValue() & 31));
            number = number.shiftRight(5);
        }
        return "o-" + text.reverse();
    }
}
