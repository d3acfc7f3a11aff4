package dev.tocsin.outage;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A job at one moment, counted over all its instances. Written by its constructor only. Confined: its correlator. */
final class JobView {
    /** Longest scrape interval + timeout + poll interval: within it everyone has been looked at once more. */
    final long roundMillis;

    /** What an open outage is judged by: who stands behind blind sources counts as last seen. */
    final JobCounts standing;

    /** What an outage is opened by: only what is down in sight, undisputed, beyond doubt, and does not flap counts. */
    final JobCounts sighted;

    /** What a verdict is raised by: of the standing, who is down beyond doubt and dispute. */
    final JobCounts believed;

    /** Those that count there and those in doubt, sorted; and of them those down for a round, so over a second scrape. */
    private final List<String> evident = new ArrayList<>();

    private final List<String> stood = new ArrayList<>();

    /** Distinct (instance, vantage) pairs that say down in sight. */
    int pairs;

    /** Names of the instances held down, sorted; so are the next two. */
    final List<String> down = new ArrayList<>();

    /** About whom vantages have contradicted each other for a round. */
    final List<String> disagreeing = new ArrayList<>();

    final List<String> flapping = new ArrayList<>();

    /** Whether vantages contradict each other about some instance, however briefly. */
    boolean contested;

    final Map<CauseKind, Integer> causes = new LinkedHashMap<>();
    final Map<CauseKind, String> remedies = new LinkedHashMap<>();

    final SortedSet<String> sightedSources = new TreeSet<>();
    final SortedSet<String> blindSources = new TreeSet<>();

    /** Whether some member of the outage is behind blind sources only: then nothing falls and nothing ends. */
    boolean memberBlind;

    /** Whether each member of the outage is positively up, or gone. */
    boolean membersWell = true;

    /** Whether some member of the outage is gone. */
    boolean memberGone;

    /** Whether all instances left because their sources are no longer configured. */
    boolean sourcesRemoved = true;

    /** Earliest evidence of those down in sight; null when none is. */
    @Nullable
    Instant downSince;

    /** Latest evidence that a member is up again; null when none is. */
    @Nullable
    Instant upSince;

    /** Monotonic; since when all who say down have voted without a break. */
    long sightedSince = Long.MIN_VALUE;

    /** Monotonic; the oldest last batch of those who say down. */
    long lastBatch = Long.MAX_VALUE;

    private int up;
    private int unknown;
    private int leftDown;
    private int evidentInDoubt;
    private int doubtful;

    /**
     * Counts the instances as they are held.
     *
     * @param expectedAtOnset bounds who is counted as gone; 0 while nothing is down
     */
    JobView(Collection<Instance> instances, int expectedAtOnset, long roundMillis, WaitClock waits, long now) {
        this.roundMillis = roundMillis;
        for (Instance instance : instances) {
            add(instance, waits, now);
        }
        down.sort(null);
        evident.sort(null);
        stood.sort(null);
        disagreeing.sort(null);
        flapping.sort(null);
        blindSources.removeAll(sightedSources);
        int known = up + down.size() + disagreeing.size();
        int gone = Math.min(leftDown, Math.max(0, expectedAtOnset - known));
        int expected = known + unknown + gone;
        standing = new JobCounts(expected, up, down.size(), unknown, gone, disagreeing.size());
        believed = standing.without(doubtful);
        sighted = standing.without(down.size() - evident.size() + evidentInDoubt);
        sourcesRemoved &= known + unknown == 0;
    }

    private void add(Instance instance, WaitClock waits, long now) {
        boolean flaps = instance.flapping(now);
        if (flaps) {
            flapping.add(instance.name);
        }
        switch (instance.held) {
            case UP -> up++;
            case DOWN -> addDown(instance, flaps, waits, now);
            case UNKNOWN -> unknown++;
            case DISAGREEING -> disagreeing.add(instance.name);
            case GONE -> leftDown += instance.leftDown ? 1 : 0;
        }
        boolean says = false;
        boolean contradicts = false;
        for (Vantage vantage : instance.vantages) {
            if (vantage.gone()) {
                sourcesRemoved &= vantage.sourceRemoved();
                continue;
            }
            (vantage.sighted() ? sightedSources : blindSources).add(vantage.sight.source);
            says |= vantage.sighted() && vantage.saysDown();
            contradicts |= vantage.sighted() && vantage.saysUp();
        }
        contested |= says && contradicts;
        if (instance.member) {
            addMember(instance, flaps);
        }
    }

    private void addMember(Instance instance, boolean flaps) {
        memberBlind |= instance.blind();
        memberGone |= instance.held == Instance.Held.GONE;
        membersWell &= switch (instance.held) {
            case UP, DISAGREEING -> !flaps;
            case GONE -> true;
            case DOWN, UNKNOWN -> false;
        };
        Instant since = instance.since();
        if (instance.held == Instance.Held.UP && since != null && (upSince == null || since.isAfter(upSince))) {
            upSince = since;
        }
    }

    private void addDown(Instance instance, boolean flaps, WaitClock waits, long now) {
        down.add(instance.name);
        boolean evidence = !flaps && !instance.disputed;
        boolean counted = false;
        boolean doubt = instance.downInSight();
        for (Vantage vantage : instance.vantages) {
            if (!vantage.saysDown()) {
                continue;
            }
            if (!counted) {
                counted = true;
                Cause cause = vantage.cause();
                causes.merge(cause.kind(), 1, Integer::sum);
                remedies.put(cause.kind(), cause.remedy());
            }
            doubt &= !vantage.sighted() || vantage.doubtful(roundMillis, waits, now);
            if (vantage.sighted() && evidence) {
                pairs++;
                sightedSince = Math.max(sightedSince, vantage.sight.votingSince);
                lastBatch = Math.min(lastBatch, vantage.sight.lastBatch);
            }
        }
        doubtful += doubt || instance.disputed ? 1 : 0;
        if (!evidence || !instance.downInSight()) {
            return;
        }
        evident.add(instance.name);
        evidentInDoubt += doubt ? 1 : 0;
        if (instance.stoodFor(roundMillis, waits, now)) {
            stood.add(instance.name);
        }
        Instant since = instance.since();
        if (since != null && (downSince == null || since.isBefore(downSince))) {
            downSince = since;
        }
    }

    /** Who is announced as down with that verdict: below the partial line one failed scrape is not enough. */
    List<String> announced(Verdict verdict) {
        return verdict == Verdict.INSTANCE ? stood : evident;
    }

    Outage.Vantages vantages() {
        return new Outage.Vantages(List.copyOf(sightedSources), List.copyOf(blindSources));
    }

    /** The round of these instances, in milliseconds. */
    static long roundMillis(Collection<Instance> instances) {
        long interval = 0;
        long timeout = 0;
        long poll = 0;
        for (Instance instance : instances) {
            for (Vantage vantage : instance.vantages) {
                interval = Math.max(interval, vantage.intervalMillis);
                timeout = Math.max(timeout, vantage.timeoutMillis);
                poll = Math.max(poll, vantage.sight.pollIntervalMillis);
            }
        }
        return interval + timeout + poll;
    }
}
