package dev.tocsin.health;

import java.time.Instant;

/**
 * The end of a key: readers forget it, it starts again at seq 1. Immutable.
 *
 * @param key of the record that it ends
 * @param source name of the source; the cluster where the record belongs to no source
 * @param cluster the partition key
 * @param seq one more than the last record's
 */
public record Tombstone(Stream stream, String key, String source, String cluster, Instant at, long epoch, long seq) {}
