package dev.tocsin.outage;

import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Moment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which findings of one correlator are open. Confined: its correlator. */
final class FindingBook {
    private final String cluster;
    private final long epoch;
    private final Map<String, Finding> last = new HashMap<>();

    FindingBook(String cluster, long epoch) {
        this.cluster = cluster;
        this.epoch = epoch;
    }

    void apply(Finding finding) {
        last.put(finding.key(), finding);
    }

    void forget(String key) {
        last.remove(key);
    }

    /** The change to be told, when what holds now differs from what was told last. */
    Optional<Finding> see(
            FindingKind kind, Map<String, String> subject, boolean holds, String detail, String remedy, Moment now) {
        String key = Finding.key(cluster, kind, subject);
        Finding before = last.get(key);
        if (holds == (before != null && before.open())) {
            return Optional.empty();
        }
        long seq = before == null ? 1 : before.seq() + 1;
        Finding finding = new Finding(
                key,
                kind,
                cluster,
                cluster,
                subject,
                holds,
                now.wall(),
                holds || before == null ? detail : before.detail(),
                remedy,
                epoch,
                seq);
        apply(finding);
        return Optional.of(finding);
    }
}
