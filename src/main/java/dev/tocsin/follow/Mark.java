package dev.tocsin.follow;

/**
 * How far a key was read. Immutable.
 *
 * @param ended whether a tombstone was the last: the key starts again at 1
 */
record Mark(long epoch, long seq, boolean ended) {
    static Mark of(Entry entry) {
        return new Mark(entry.epoch(), entry.seq(), entry.tombstone());
    }

    /** What a record is to a reader who knows nothing of its key: what came before may have been compacted away. */
    static Step first() {
        return new Step.News(0);
    }

    Step meet(Entry next) {
        if (next.epoch() < epoch) {
            return new Step.Late(epoch);
        }
        boolean again = ended && !next.tombstone() && (next.firstSeq() <= 1 || next.epoch() > epoch);
        if (again) {
            return new Step.News(missing(next, 0));
        }
        if (next.epoch() == epoch && next.seq() <= seq) {
            return new Step.Repeat();
        }
        return new Step.News(missing(next, seq));
    }

    /* A snapshot says of itself that something before it is not to be read any more; of a source only the latest watermark
     * counts, which is why the others are compacted away first and merged without being counted. */
    private static long missing(Entry next, long last) {
        if (next.snapshot() || next.topic() == Topic.WATERMARKS) {
            return 0;
        }
        return Math.max(0, next.firstSeq() - 1 - last);
    }
}
