package dev.tocsin.log;

import java.time.Duration;

/**
 * How the file log works. Immutable.
 *
 * @param segmentBytes a file that has grown to this is followed by a new one
 * @param group how long a record waits for others before both are synchronised
 * @param groupRecords records of one synchronisation at most
 * @param retry the wait after the disk refused
 * @param mergeAbove with so many records waiting, health records of one target are merged
 * @param orderedMax with so many outages, findings and tombstones waiting, which are never merged, the log gives up
 * @param watermarks the time between two watermarks of a source
 * @param keep how long every transition is kept; after it, only the last record of a key
 * @param compaction the time between two compactions
 * @param drain how long a stop waits for the disk
 */
public record LogOptions(
        long segmentBytes,
        Duration group,
        int groupRecords,
        Duration retry,
        int mergeAbove,
        int orderedMax,
        Duration watermarks,
        Duration keep,
        Duration compaction,
        Duration drain) {
    public static final LogOptions DEFAULTS = new LogOptions(
            64 << 20,
            Duration.ofMillis(20),
            4_096, // x ~1 KB = 4 MB of lines in memory
            Duration.ofSeconds(1),
            10_000, // x ~1.5 KB = 15 MB; above it one record for each target
            100_000, // x ~5 KB = 500 MB: hours of a full disk in a large storm
            Duration.ofSeconds(10),
            Duration.ofDays(7),
            Duration.ofHours(1),
            Duration.ofSeconds(5));

    public LogOptions {
        if (segmentBytes <= 0 || groupRecords <= 0 || mergeAbove <= 0 || orderedMax <= 0) {
            throw new IllegalArgumentException("sizes and numbers of the log must be above 0: " + segmentBytes + ", "
                    + groupRecords + ", " + mergeAbove + ", " + orderedMax);
        }
    }
}
