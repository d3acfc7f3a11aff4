package dev.tocsin.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last record of each finding of one finder: the table of a source, or the correlator of a cluster. Confined: it. */
public final class FindingBook {
    private final String finder;
    private final String cluster;
    private final long epoch;
    private final Map<String, Finding> last = new HashMap<>();
    private int open;
    /* When this process first saw them cleared, on the monotonic clock: their tombstones wait from there. */
    private final Map<String, Long> clearedAt = new HashMap<>();

    /** @param finder name of the source; the cluster's for a correlator */
    public FindingBook(String finder, String cluster, long epoch) {
        this.finder = finder;
        this.cluster = cluster;
        this.epoch = epoch;
    }

    /** Whether no finding is open: then there is nothing to clear. */
    public boolean noneOpen() {
        return open == 0;
    }

    /** The open finding of that kind about that subject; null when there is none. */
    public @Nullable Finding open(FindingKind kind, Map<String, String> subject) {
        Finding finding = last.get(Finding.key(finder, kind, subject));
        return finding != null && finding.open() ? finding : null;
    }

    boolean isOpen(FindingKind kind, Map<String, String> subject) {
        return open(kind, subject) != null;
    }

    Map<String, Finding> all() {
        return Map.copyOf(last);
    }

    List<Finding> open(FindingKind kind) {
        List<Finding> open = new ArrayList<>();
        for (Finding finding : last.values()) {
            if (finding.kind() == kind && finding.open()) {
                open.add(finding);
            }
        }
        return open;
    }

    /** The record that opens a finding. */
    public Finding opened(FindingKind kind, Map<String, String> subject, String detail, Instant now) {
        String key = Finding.key(finder, kind, subject);
        Finding before = last.get(key);
        long seq = before == null ? 1 : before.seq() + 1;
        String remedy = FindingRemedies.of(kind);
        return new Finding(key, kind, finder, cluster, subject, true, now, detail, remedy, epoch, seq);
    }

    /** The record that clears a finding. */
    public Finding cleared(Finding open, Instant now) {
        return new Finding(
                open.key(),
                open.kind(),
                open.source(),
                open.cluster(),
                open.subject(),
                false,
                now,
                open.detail(),
                open.remedy(),
                epoch,
                open.seq() + 1);
    }

    /** Takes a record as told, now or before a restart. */
    public void apply(Finding finding) {
        Finding before = last.put(finding.key(), finding);
        open += (finding.open() ? 1 : 0) - (before != null && before.open() ? 1 : 0);
        clearedAt.remove(finding.key());
    }

    /** Drops a key that a tombstone has ended. */
    public void forget(String key) {
        Finding before = last.remove(key);
        open -= before != null && before.open() ? 1 : 0;
        clearedAt.remove(key);
    }

    /** The ends of the keys that have been cleared for that long. */
    public List<Tombstone> ends(long absentForMillis, WaitClock waits, Moment at) {
        List<Tombstone> ends = new ArrayList<>();
        for (Finding finding : last.values()) {
            if (finding.open()) {
                continue;
            }
            long since = clearedAt.computeIfAbsent(finding.key(), key -> at.monoMillis());
            if (waits.elapsed(since, at.monoMillis()) >= absentForMillis) {
                ends.add(tombstone(finding, at.wall(), epoch));
            }
        }
        return ends;
    }

    static Tombstone tombstone(Finding finding, Instant now, long epoch) {
        return new Tombstone(
                Stream.FINDINGS, finding.key(), finding.origin(), finding.cluster(), now, epoch, finding.seq() + 1);
    }
}
