#!/bin/sh
# The topics, for a cluster where Tocsin may not make them itself. It checks them at each start and says what is wrong with
# them, but for message.timestamp.after.max.ms: without it brokers refuse records while our clock is an hour ahead of theirs.
# Three brokers: --replication-factor 3, and --config min.insync.replicas=2 with each.
#
#   BOOTSTRAP=kafka-1:9093 ADMIN=admin.properties sh conf/kafka/topics.sh        # Kafka's bin folder in the PATH
set -eu

# Seven days of every transition, and the last state of every key for ever.
kafka-topics.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --create --if-not-exists --topic tocsin.health --partitions 12 --replication-factor 1 --config cleanup.policy=compact --config min.compaction.lag.ms=604800000 --config delete.retention.ms=604800000 --config segment.ms=86400000 --config message.timestamp.after.max.ms=9223372036854775807
kafka-topics.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --create --if-not-exists --topic tocsin.outages --partitions 12 --replication-factor 1 --config cleanup.policy=compact --config min.compaction.lag.ms=604800000 --config delete.retention.ms=604800000 --config segment.ms=86400000 --config message.timestamp.after.max.ms=9223372036854775807
kafka-topics.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --create --if-not-exists --topic tocsin.findings --partitions 12 --replication-factor 1 --config cleanup.policy=compact --config min.compaction.lag.ms=604800000 --config delete.retention.ms=604800000 --config segment.ms=86400000 --config message.timestamp.after.max.ms=9223372036854775807

# The last one of each source is all that counts.
kafka-topics.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --create --if-not-exists --topic tocsin.watermarks --partitions 12 --replication-factor 1 --config cleanup.policy=compact --config delete.retention.ms=604800000 --config segment.ms=86400000 --config message.timestamp.after.max.ms=9223372036854775807
