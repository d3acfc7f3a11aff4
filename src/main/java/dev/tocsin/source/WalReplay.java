package dev.tocsin.source;

/**
 * How far a starting Prometheus is with its write-ahead log, in segment numbers. Immutable.
 *
 * <p>The fields {@code state}, {@code progress}, {@code read} and {@code total} of its documentation do not exist.
 */
public record WalReplay(long min, long max, long current) {
    /** "replaying WAL segment 3 of 17". */
    public String progress() {
        long segments = Math.max(1, max - min + 1);
        long segment = Math.max(1, Math.min(segments, current - min + 1));
        return "replaying WAL segment " + segment + " of " + segments;
    }
}
