package dev.tocsin.topic;

import org.apache.kafka.common.TopicPartition;

/**
 * Records that no client can read: their batch was damaged on a disk, or is of a form that none knows. Immutable.
 *
 * @param offset the first of them
 * @param offsets how many offsets are passed over
 * @param why what Kafka's client says of it
 */
public record Damage(TopicPartition partition, long offset, long offsets, String why) {
    @Override
    public String toString() {
        return partition + "@" + offset + ": " + offsets + " passed over, no client can read them: " + why;
    }
}
