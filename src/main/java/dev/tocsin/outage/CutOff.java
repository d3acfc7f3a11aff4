package dev.tocsin.outage;

import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingBook;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings about sources that see nearly everything down while a twin does not: it is they that are cut off, which
 * is no outage, but somebody must mend it. Confined: the source watch.
 */
final class CutOff {
    private final long epoch;
    private final Map<String, FindingBook> byCluster = new HashMap<>();

    CutOff(long epoch) {
        this.epoch = epoch;
    }

    /** Whether a finding of a cluster is one of these: about a source, not about a job. */
    static boolean owns(Finding finding) {
        return finding.kind() == FindingKind.VANTAGES_DISAGREE
                && finding.subject().containsKey("source");
    }

    void restore(Finding finding) {
        book(finding.cluster()).apply(finding);
    }

    /** Opens or clears the finding about a source; adds the record to {@code told}. */
    void see(SourceCase of, boolean cutOff, Moment now, List<Finding> told) {
        FindingBook book = book(of.source.cluster());
        if (!cutOff && book.noneOpen()) {
            return;
        }
        Map<String, String> subject = Map.of("source", of.source.name());
        Finding open = book.open(FindingKind.VANTAGES_DISAGREE, subject);
        if (cutOff == (open != null)) {
            return;
        }
        String detail = of.source.name() + " sees nearly all of its targets fail, another server of "
                + of.source.cluster() + " does not; " + of.source.name() + " has no vote meanwhile";
        Finding finding = open == null
                ? book.opened(FindingKind.VANTAGES_DISAGREE, subject, detail, now.wall())
                : book.cleared(open, now.wall());
        book.apply(finding);
        told.add(finding);
    }

    List<Tombstone> ends(long absentForMillis, WaitClock waits, Moment now) {
        List<Tombstone> ends = new ArrayList<>();
        byCluster.values().forEach(book -> ends.addAll(book.ends(absentForMillis, waits, now)));
        ends.forEach(end -> book(end.cluster()).forget(end.key()));
        return ends;
    }

    private FindingBook book(String cluster) {
        return byCluster.computeIfAbsent(cluster, name -> new FindingBook(name, name, epoch));
    }
}
