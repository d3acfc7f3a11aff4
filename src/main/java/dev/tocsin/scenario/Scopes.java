package dev.tocsin.scenario;

import java.util.List;
import java.util.Optional;

/** Reads what an outage is an outage of: {@code checkout}, {@code source prom-a}, {@code site behind prom-a}. */
final class Scopes {
    private Scopes() {}

    static Optional<Subject> read(Cursor cursor, Story story) {
        if (cursor.take("source")) {
            return Slot.known(cursor, story.names.sources(), "a source").map(Subject.OfSource::new);
        }
        if (cursor.take("site")) {
            return site(cursor, story);
        }
        cursor.take("job");
        return story.names.job(cursor).map(Subject.OfJob::new);
    }

    private static Optional<Subject> site(Cursor cursor, Story story) {
        if (cursor.take("node")) {
            return Optional.of(new Subject.OfNode());
        }
        if (cursor.take("behind")) {
            return Slot.known(cursor, story.names.sources(), "a source").map(Subject.Behind::new);
        }
        if (cursor.take("cluster")) {
            return Slot.known(cursor, story.names.clusters(), "a cluster").map(Subject.OfCluster::new);
        }
        return cursor.refuse("behind, cluster, node", List.of("behind", "cluster", "node"));
    }
}
