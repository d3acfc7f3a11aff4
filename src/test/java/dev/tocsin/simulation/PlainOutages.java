package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I8;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Scope;
import dev.tocsin.simulation.Truth.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I8: outages of half a job and more that nothing hides; each must have been told in time. Confined: its oracle. */
final class PlainOutages {
    private static final int LASTS_SECONDS = 150;
    private static final int TOLD_SECONDS = 90;
    private static final int CONFIRMED_ANEW_SECONDS = 45; // a failed scrape and poll, 10 s, the wait for extent
    private static final int QUIET_BEFORE_SECONDS = 210;

    private record Told(long second, Outage outage) {}

    private record Flapped(long since, boolean open) {}

    private final List<Told> told = new ArrayList<>();
    private final Map<String, Flapped> flaps = new HashMap<>();
    private final Map<String, Integer> downFor = new HashMap<>();
    private Set<String> out = Set.of();
    private State last;
    private int calmFor;
    private int found;

    int found() {
        return found;
    }

    void see(Outage outage, long second) {
        if (!(outage.scope() instanceof Scope.Source)) {
            told.add(new Told(second, outage));
        }
    }

    void see(Finding finding, long second) {
        if (finding.kind() == FindingKind.FLAPPING) {
            flaps.put(finding.subject().get("job"), new Flapped(second, finding.open()));
        }
    }

    void second(Truth truth) {
        State now = truth.now();
        calmFor = now.calm() ? calmFor + 1 : 0;
        if (now != last) {
            last = now;
            out = new HashSet<>(now.listed().keySet());
            out.removeIf(job -> now.shareDown(job) < 0.5);
            downFor.keySet().retainAll(out);
        }
        for (String job : out) {
            int seconds = downFor.merge(job, 1, Integer::sum);
            if (seconds == LASTS_SECONDS && calmFor >= LASTS_SECONDS + QUIET_BEFORE_SECONDS) {
                judge(job, truth.second());
            }
        }
    }

    private void judge(String job, long second) {
        boolean inTime = openAt(job, second - LASTS_SECONDS + TOLD_SECONDS);
        unless(
                inTime || handedOver(job, second) || flaps(job, second),
                I8,
                () -> job + " is out since " + LASTS_SECONDS + " s and nothing was said");
        found++;
    }

    /* A site outage spoke for it and has ended, some seconds ago as well: its own is confirmed anew. */
    private boolean handedOver(String job, long second) {
        return (openAt(job, second) || openAt(job, second - CONFIRMED_ANEW_SECONDS))
                && told.stream()
                        .anyMatch(
                                one -> one.outage.scope() instanceof Scope.Site && one.second > second - LASTS_SECONDS);
    }

    /* Then its outage is held, for twenty scrapes at most, and the finding stands instead. */
    private boolean flaps(String job, long second) {
        Flapped flapped = flaps.get(job);
        return flapped != null && (flapped.open || flapped.since > second - LASTS_SECONDS);
    }

    /* By a site outage as well: when nearly all fails at once it is told as one. */
    private boolean openAt(String job, long second) {
        Set<String> open = new HashSet<>();
        for (Told one : told) {
            Outage outage = one.outage;
            boolean speaksForIt =
                    !(outage.scope() instanceof Scope.Job of) || of.job().equals(job);
            if (one.second > second) {
                break;
            } else if (speaksForIt && outage.open()) {
                open.add(outage.id());
            } else {
                open.remove(outage.id());
            }
        }
        return !open.isEmpty();
    }
}
