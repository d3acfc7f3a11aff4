package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingBook;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The findings about replicas of a Traefik whose routers are not those of their peers: clients that come to them get 404,
 * or another answer. Confined: the source watch.
 *
 * <p>Replicas take a new configuration at different moments: only what lasts is told. Who cannot be compared, as it is
 * dark, has just started or has lost its configuration, is neither told nor cleared, and no peer to the others.
 */
final class Replicas {
    static final int POLLS = 3;
    static final long MILLIS = 30_000;

    private final WaitClock waits;
    private final long epoch;
    private final Set<Source> configured;
    private final Map<String, Cluster> clusters = new HashMap<>();
    /** Of sources that are no longer configured. */
    private final List<Finding> left = new ArrayList<>();

    /** @param configured all sources of the node */
    Replicas(Collection<Source> configured, WaitClock waits, long epoch) {
        this.configured = new HashSet<>(configured);
        this.waits = waits;
        this.epoch = epoch;
    }

    private static final class Cluster {
        private final FindingBook book;
        private final RouterCounts counts = new RouterCounts();
        private final Map<String, Replica> replicas = new HashMap<>();

        Cluster(String name, long epoch) {
            this.book = new FindingBook(name, name, epoch);
        }
    }

    private static final class Replica {
        private @Nullable Set<String> routers;
        private long judged = -1;
        private String differences = "";
        private boolean contested;
        private int polls;
        private long since;

        /** Takes in one more poll in which it differs, or begins to count anew. */
        void streak(boolean differs, long now) {
            since = differs && polls > 0 ? since : now;
            polls = differs ? polls + 1 : 0;
        }
    }

    static boolean owns(Finding finding) {
        return finding.kind() == FindingKind.REPLICAS_DISAGREE;
    }

    void restore(Finding finding) {
        cluster(finding.cluster()).book.apply(finding);
        String name = finding.subject().getOrDefault("source", "");
        boolean here = configured.stream()
                .anyMatch(
                        source -> source.name().equals(name) && source.cluster().equals(finding.cluster()));
        if (finding.open() && !here) {
            left.add(finding);
        }
    }

    /** Opens or clears the finding about the source of a batch; adds the record to {@code told}. */
    void see(DeltaBatch batch, List<Finding> told) {
        Set<String> now = batch.routing() == null ? null : batch.routing().routers();
        Cluster cluster = clusters.get(batch.source().cluster());
        if (cluster == null && now == null) {
            return; // no Traefik
        }
        cluster = cluster(batch.source().cluster());
        Replica replica = cluster.replicas.computeIfAbsent(batch.source().name(), name -> new Replica());
        if (now != replica.routers) {
            cluster.counts.exchange(replica.routers, now);
            replica.routers = now;
        }
        if (now == null || cluster.counts.replicas() < 2) {
            replica.streak(false, batch.at().monoMillis());
            return;
        }
        if (replica.judged != cluster.counts.version()) {
            replica.judged = cluster.counts.version();
            replica.differences = cluster.counts.differences(now);
            replica.contested = cluster.counts.contested(now);
        }
        replica.streak(!replica.differences.isEmpty(), batch.at().monoMillis());
        decide(cluster.book, replica, batch, told);
    }

    private void decide(FindingBook book, Replica replica, DeltaBatch batch, List<Finding> told) {
        Map<String, String> subject = Map.of("source", batch.source().name());
        Finding open = book.open(FindingKind.REPLICAS_DISAGREE, subject);
        boolean lasts = replica.polls >= POLLS
                && waits.elapsed(replica.since, batch.at().monoMillis()) >= MILLIS;
        if (open == null && lasts) {
            String detail = batch.source().name() + " is configured otherwise than its peers: " + replica.differences;
            tell(
                    book,
                    book.opened(
                            FindingKind.REPLICAS_DISAGREE,
                            subject,
                            detail,
                            batch.at().wall()),
                    told);
        } else if (open != null && replica.differences.isEmpty() && !replica.contested) {
            tell(book, book.cleared(open, batch.at().wall()), told);
        }
    }

    private static void tell(FindingBook book, Finding finding, List<Finding> told) {
        book.apply(finding);
        told.add(finding);
    }

    /** Clears what stands about sources that nobody asks any more. */
    void clear(Moment now, List<Finding> told) {
        for (Finding finding : left) {
            FindingBook book = cluster(finding.cluster()).book;
            tell(book, book.cleared(finding, now.wall()), told);
        }
        left.clear();
    }

    List<Tombstone> ends(long absentForMillis, Moment now) {
        List<Tombstone> ends = new ArrayList<>();
        for (Cluster cluster : clusters.values()) {
            List<Tombstone> due = cluster.book.ends(absentForMillis, waits, now);
            due.forEach(end -> cluster.book.forget(end.key()));
            ends.addAll(due);
        }
        return ends;
    }

    private Cluster cluster(String name) {
        return clusters.computeIfAbsent(name, of -> new Cluster(of, epoch));
    }
}
