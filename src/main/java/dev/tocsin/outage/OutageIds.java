package dev.tocsin.outage;

import dev.tocsin.health.Fingerprint;
import java.math.BigInteger;

/** Ids of outages. */
final class OutageIds {
    /** Crockford's base 32: no letter that looks like a digit. */
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 26; // 26 x 5 bits >= 128 bits

    private OutageIds() {}

    /** The id of the outage of a scope that the record (epoch, seq) opens: the same whenever that is decided again. */
    static String of(Scope scope, long epoch, long seq) {
        BigInteger number = new BigInteger(Fingerprint.of(scope.key(), Long.toString(epoch), Long.toString(seq)), 16);
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(DIGITS.charAt(number.intValue() & 31));
            number = number.shiftRight(5);
        }
        return "o-" + text.reverse();
    }
}
