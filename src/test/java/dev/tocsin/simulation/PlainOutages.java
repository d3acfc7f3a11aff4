package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.FindingKind;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Outages of half a job and more that nothing hides: each must have been told in time. */
final class PlainOutages {
    private static final int LASTS_SECONDS = 150;
    private static final int TOLD_SECONDS = 90;
    private static final int QUIET_BEFORE_SECONDS = 210;

    private final Map<String, Integer> downFor = new HashMap<>();
    private int calmFor;
    private int found;

    int found() {
        return found;
    }

    void see(Truth truth, World world) {
        Truth.Second now = truth.now();
        calmFor = now.calm() ? calmFor + 1 : 0;
        for (String job : now.listed().keySet()) {
            int seconds = downFor.merge(job, 1, (before, one) -> now.shareDown(job) >= 0.5 ? before + one : 0);
            if (seconds == LASTS_SECONDS && calmFor >= LASTS_SECONDS + QUIET_BEFORE_SECONDS) {
                boolean told =
                        toldBy(job, world, LASTS_SECONDS - TOLD_SECONDS) || handedOver(job, world) || flaps(job, world);
                assertThat(told)
                        .as("%d s: %s is out since %d s and nothing was said", world.second(), job, LASTS_SECONDS)
                        .isTrue();
                found++;
            }
        }
    }

    /* A site outage spoke for it and has ended: its own is confirmed anew. */
    private static boolean handedOver(String job, World world) {
        Instant lasts = world.wall().minusSeconds(LASTS_SECONDS);
        return toldBy(job, world, 0)
                && world.outages.stream()
                        .anyMatch(outage -> outage.scope() instanceof Scope.Site
                                && outage.changedAt().isAfter(lasts));
    }

    /* Then its outage is held, for twenty scrapes at most, and the finding stands instead. */
    private static boolean flaps(String job, World world) {
        Instant lasts = world.wall().minusSeconds(LASTS_SECONDS);
        return world.journal.fold().findings.values().stream()
                .anyMatch(finding -> (finding.open() || finding.since().isAfter(lasts))
                        && finding.kind() == FindingKind.FLAPPING
                        && job.equals(finding.subject().get("job")));
    }

    /* By a site outage as well: when nearly all fails at once it is told as one. */
    private static boolean toldBy(String job, World world, int secondsAgo) {
        Set<String> open = new HashSet<>();
        for (Outage outage : world.outages) {
            if (outage.changedAt().isAfter(world.wall().minusSeconds(secondsAgo))) {
                break;
            }
            if (outage.scope() instanceof Scope.Job of && of.job().equals(job)
                    || outage.scope() instanceof Scope.Site) {
                if (outage.open()) {
                    open.add(outage.id());
                } else {
                    open.remove(outage.id());
                }
            }
        }
        return !open.isEmpty();
    }
}
