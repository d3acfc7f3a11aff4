package dev.tocsin.wire;

/** The hash by which Kafka's clients, in all languages, place a key: MurmurHash2 of 32 bits, with their seed. */
final class Murmur2 {
    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;

    private Murmur2() {}

    static int of(byte[] bytes) {
        int hash = SEED ^ bytes.length;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int word = little(bytes, i, 4) * M;
            hash = hash * M ^ (word ^ word >>> 24) * M;
        }
        if (whole < bytes.length) {
            hash = (hash ^ little(bytes, whole, bytes.length - whole)) * M;
        }
        hash = (hash ^ hash >>> 13) * M;
        return hash ^ hash >>> 15;
    }

    private static int little(byte[] bytes, int from, int count) {
        int word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[from + i] & 0xff) << 8 * i;
        }
        return word;
    }
}
