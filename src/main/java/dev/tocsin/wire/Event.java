package dev.tocsin.wire;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import java.time.Instant;

/** A record of any stream, with what its envelope needs. Immutable. */
public sealed interface Event {
    Stream stream();

    /** The key in its stream: Kafka's, and the CloudEvents {@code subject}. */
    String key();

    long epoch();

    long seq();

    /** When it was observed. */
    Instant time();

    /** The CloudEvents {@code source}: {@code /<cluster>/<source name>}, {@code /<cluster>} or {@code /node/<name>}. */
    String origin();

    /** The cluster; the node's name for an outage of the whole node. */
    String partitionKey();

    record OfHealth(HealthDelta delta) implements Event {
        @Override
        public Stream stream() {
            return Stream.HEALTH;
        }

        @Override
        public String key() {
            return delta.target().id();
        }

        @Override
        public long epoch() {
            return delta.epoch();
        }

        @Override
        public long seq() {
            return delta.seq();
        }

        @Override
        public Instant time() {
            return delta.evidence().polledAt();
        }

        @Override
        public String origin() {
            return Origin.of(partitionKey(), delta.target().source().name());
        }

        @Override
        public String partitionKey() {
            return delta.target().source().cluster();
        }
    }

    record OfOutage(Outage outage) implements Event {
        @Override
        public Stream stream() {
            return Stream.OUTAGES;
        }

        @Override
        public String key() {
            return outage.scope().key();
        }

        @Override
        public long epoch() {
            return outage.epoch();
        }

        @Override
        public long seq() {
            return outage.seq();
        }

        @Override
        public Instant time() {
            return outage.changedAt();
        }

        @Override
        public String origin() {
            return Origin.of(outage.scope().origin());
        }

        @Override
        public String partitionKey() {
            return outage.scope().cluster();
        }
    }

    record OfFinding(Finding finding) implements Event {
        @Override
        public Stream stream() {
            return Stream.FINDINGS;
        }

        @Override
        public String key() {
            return finding.key();
        }

        @Override
        public long epoch() {
            return finding.epoch();
        }

        @Override
        public long seq() {
            return finding.seq();
        }

        @Override
        public Instant time() {
            return finding.since();
        }

        @Override
        public String origin() {
            return Origin.of(finding.origin());
        }

        @Override
        public String partitionKey() {
            return finding.cluster();
        }
    }

    record OfWatermark(Watermark watermark) implements Event {
        @Override
        public Stream stream() {
            return Stream.WATERMARKS;
        }

        @Override
        public String key() {
            return watermark.source().name();
        }

        @Override
        public long epoch() {
            return watermark.epoch();
        }

        @Override
        public long seq() {
            return watermark.seq();
        }

        @Override
        public Instant time() {
            return watermark.observedUntil();
        }

        @Override
        public String origin() {
            return Origin.of(partitionKey(), watermark.source().name());
        }

        @Override
        public String partitionKey() {
            return watermark.source().cluster();
        }
    }

    record OfTombstone(Tombstone tombstone) implements Event {
        @Override
        public Stream stream() {
            return tombstone.stream();
        }

        @Override
        public String key() {
            return tombstone.key();
        }

        @Override
        public long epoch() {
            return tombstone.epoch();
        }

        @Override
        public long seq() {
            return tombstone.seq();
        }

        @Override
        public Instant time() {
            return tombstone.at();
        }

        @Override
        public String origin() {
            return Origin.of(tombstone.origin());
        }

        @Override
        public String partitionKey() {
            return tombstone.cluster();
        }
    }
}
