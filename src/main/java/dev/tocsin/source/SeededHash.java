package dev.tocsin.source;

/**
 * A 128-bit hash of characters with a secret seed: two lanes of multiply and rotate. Confined: its cache. Not
 * cryptographic; peers do not know the seed and never see a hash, so they cannot aim at collisions.
 */
final class SeededHash {
    private static final long K1 = 0x9E3779B97F4A7C15L;
    private static final long K2 = 0xC2B2AE3D27D4EB4FL;

    private final long seed1;
    private final long seed2;
    private long a;
    private long b;

    SeededHash(long seed1, long seed2) {
        this.seed1 = seed1;
        this.seed2 = seed2;
    }

    SeededHash start() {
        a = seed1;
        b = seed2;
        return this;
    }

    SeededHash add(char[] chars, int offset, int length) {
        int i = offset;
        int end = offset + length;
        for (; i + 4 <= end; i += 4) {
            word(chars[i] | (long) chars[i + 1] << 16 | (long) chars[i + 2] << 32 | (long) chars[i + 3] << 48);
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = rest << 16 | chars[i];
        }
        return number(rest).number(length);
    }

    SeededHash add(String text) {
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            word(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = rest << 16 | text.charAt(i);
        }
        return number(rest).number(length);
    }

    SeededHash number(long value) {
        word(value);
        return this;
    }

    private void word(long w) {
        a = Long.rotateLeft((a ^ w) * K1, 29) + b;
        b = Long.rotateLeft((b + w) * K2, 31) ^ a;
    }

    /** The first half; {@link #second} is the other one. */
    long first() {
        return mixed(a ^ Long.rotateLeft(b, 17));
    }

    long second() {
        return mixed(b + a * K2);
    }

    private static long mixed(long h) {
        long x = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
        x = (x ^ x >>> 33) * 0xC4CEB9FE1A85EC53L;
        return x ^ x >>> 33;
    }
}
