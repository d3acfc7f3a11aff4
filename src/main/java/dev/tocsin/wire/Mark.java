package dev.tocsin.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** Where a record stands among all of its key. Immutable. */
public record Mark(long epoch, Instant time, long seq) implements Comparable<Mark> {
    /* The time goes before the number: after a tombstone a key begins again at 1, in the same epoch. Within an epoch
     * times of a key never go back. On the way to a topic and back they lose what is below a millisecond. */
    private static final Comparator<Mark> ORDER =
            Comparator.comparingLong(Mark::epoch).thenComparing(Mark::time).thenComparingLong(Mark::seq);

    public Mark {
        time = time.truncatedTo(ChronoUnit.MILLIS);
    }

    public static Mark of(Event event) {
        return new Mark(event.epoch(), event.time(), event.seq());
    }

    public static Mark of(Envelope envelope) {
        return new Mark(envelope.epoch(), envelope.time(), envelope.seq());
    }

    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }
}
