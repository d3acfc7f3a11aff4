package dev.tocsin.health;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells when a job loses over half of its targets within a round, not replaced. Confined: its {@link SourceFindings}.
 *
 * <p>Nobody else would: a target that left discovery is neither up nor down.
 */
final class VanishedJobs {
    private record Loss(int before, long at) {}

    /** Who of a job is there, left lately, or came lately. */
    private static final class Presence {
        private int present;
        private int lost;
        private int came;
        private long lastLeft = Long.MIN_VALUE;
        private long firstLeft = Long.MAX_VALUE;
    }

    private final Map<String, Loss> losses = new HashMap<>();

    /** Takes over a finding that was open before our own start: what the job was before is no longer known. */
    void restore(String job) {
        losses.put(job, new Loss(Integer.MAX_VALUE, Long.MIN_VALUE));
    }

    /** Jobs that stand diminished, with what to say of each. @param leavers jobs of which targets are gone as of this poll */
    Map<String, String> see(
            Collection<TargetMemory> targets,
            Set<String> leavers,
            long poll,
            long roundMillis,
            long absentForMillis,
            WaitClock waits,
            long now) {
        if (leavers.isEmpty() && losses.isEmpty()) {
            return Map.of();
        }
        Map<String, Presence> jobs = presence(targets, leavers, poll, roundMillis);
        leavers.forEach(job -> lose(job, jobs, now));
        Map<String, String> vanished = new TreeMap<>();
        losses.replaceAll((job, loss) -> loss.at == Long.MIN_VALUE ? new Loss(loss.before, now) : loss);
        losses.entrySet().removeIf(entry -> {
            Presence presence = jobs.getOrDefault(entry.getKey(), new Presence());
            return 2L * presence.present >= before(entry.getValue(), presence)
                    || waits.elapsed(entry.getValue().at, now) >= absentForMillis;
        });
        losses.forEach((job, loss) -> {
            Presence presence = jobs.getOrDefault(job, new Presence());
            vanished.put(
                    job, "job " + job + " has " + presence.present + " of " + before(loss, presence) + " targets left");
        });
        return vanished;
    }

    private static int before(Loss loss, Presence presence) {
        return loss.before < Integer.MAX_VALUE ? loss.before : Math.max(1, presence.present + presence.lost);
    }

    private void lose(String job, Map<String, Presence> jobs, long now) {
        Presence presence = jobs.getOrDefault(job, new Presence());
        int before = presence.lost + presence.present - presence.came;
        if (2 * presence.present < before) {
            losses.putIfAbsent(job, new Loss(before, now));
        }
    }

    private Map<String, Presence> presence(
            Collection<TargetMemory> targets, Set<String> leavers, long poll, long roundMillis) {
        Map<String, Presence> jobs = new HashMap<>();
        for (TargetMemory target : targets) {
            String job = target.target.job();
            if (leavers.contains(job) || losses.containsKey(job)) {
                Presence presence = jobs.computeIfAbsent(job, key -> new Presence());
                if (target.seenPoll != poll) {
                    presence.lastLeft = Math.max(presence.lastLeft, target.absentSince);
                }
            }
        }
        for (TargetMemory target : targets) {
            Presence presence = jobs.get(target.target.job());
            if (presence != null && target.seenPoll != poll && target.absentSince >= presence.lastLeft - roundMillis) {
                presence.lost++;
                presence.firstLeft = Math.min(presence.firstLeft, target.absentSince);
            }
        }
        for (TargetMemory target : targets) {
            Presence presence = jobs.get(target.target.job());
            if (presence != null && target.seenPoll == poll) {
                presence.present++;
                presence.came += came(target, presence, roundMillis) ? 1 : 0;
            }
        }
        return jobs;
    }

    private static boolean came(TargetMemory target, Presence presence, long roundMillis) {
        return target.firstSeenAt != TargetMemory.NEVER
                && presence.firstLeft != Long.MAX_VALUE
                && target.firstSeenAt >= presence.firstLeft - roundMillis;
    }
}
