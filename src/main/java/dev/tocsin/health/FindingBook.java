package dev.tocsin.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last record of each finding about a source. Confined: its {@link HealthTable}. */
final class FindingBook {
    private final Source source;
    private final long epoch;
    private final Map<String, Finding> last = new HashMap<>();
    /* When this process first saw them cleared, on the monotonic clock: their tombstones wait from there. */
    private final Map<String, Long> clearedAt = new HashMap<>();

    FindingBook(Source source, long epoch) {
        this.source = source;
        this.epoch = epoch;
    }

    boolean isOpen(FindingKind kind, Map<String, String> subject) {
        Finding finding = last.get(Finding.key(source.name(), kind, subject));
        return finding != null && finding.open();
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
    Finding opened(FindingKind kind, Map<String, String> subject, String detail, Instant now) {
        String key = Finding.key(source.name(), kind, subject);
        Finding before = last.get(key);
        long seq = before == null ? 1 : before.seq() + 1;
        String remedy = FindingRemedies.of(kind);
        return new Finding(key, kind, source.name(), source.cluster(), subject, true, now, detail, remedy, epoch, seq);
    }

    /** The record that clears a finding. */
    Finding cleared(Finding open, Instant now) {
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

    void apply(Finding finding) {
        last.put(finding.key(), finding);
        clearedAt.remove(finding.key());
    }

    void forget(String key) {
        last.remove(key);
        clearedAt.remove(key);
    }

    /** The ends of the keys that have been cleared for that long. */
    List<Tombstone> ends(long absentForMillis, WaitClock waits, Moment at) {
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
                Stream.FINDINGS, finding.key(), finding.source(), finding.cluster(), now, epoch, finding.seq() + 1);
    }
}
