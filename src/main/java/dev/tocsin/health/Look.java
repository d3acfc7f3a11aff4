package dev.tocsin.health;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one answer of a source comes to, counted while its targets are taken in. Confined: its {@link HealthTable}. */
final class Look {
    private final PollResult.Answered answer;
    private final long pollIntervalMillis;
    /* In the order of the answer's observations. */
    final List<TargetMemory> seen;
    private int scraped;
    private int unchecked;
    private int still;
    private int remote;
    private int failing;
    private long oldestUp = Long.MAX_VALUE;
    private int goneSeen;
    private long longestInterval;
    private long longestTimeout;
    private final Map<String, Tally> pools = new HashMap<>();
    private final Map<String, Integer> limited = new TreeMap<>();
    private final Map<String, Integer> observerSick = new TreeMap<>();

    /** A count that is not boxed: there is one per pool, and one step per target. */
    private static final class Tally {
        private int count;
    }

    Look(PollResult.Answered answer, long pollIntervalMillis) {
        this.answer = answer;
        this.pollIntervalMillis = pollIntervalMillis;
        this.seen = new ArrayList<>(answer.observations().size());
    }

    void add(TargetMemory target, Observation observation, boolean isStill) {
        boolean isScraped = observation.scraped();
        seen.add(target);
        scraped += isScraped ? 1 : 0;
        unchecked += observation.unchecked() ? 1 : 0;
        still += isStill ? 1 : 0;
        if (target.target.remote()) {
            addRemote(target, isStill);
        }
        goneSeen += target.gone() ? 1 : 0;
        longestInterval = Math.max(longestInterval, target.interval());
        longestTimeout = Math.max(longestTimeout, target.timeout());
        pools.computeIfAbsent(target.target.pool(), pool -> new Tally()).count++;
        CauseHysteresis causes = target.causes;
        if (isScraped && causes != null) {
            failing(target, causes.choose(target.reported()).kind());
        }
    }

    private void addRemote(TargetMemory target, boolean isStill) {
        remote++;
        failing += target.reading == Observation.Reading.DOWN ? 1 : 0;
        if (target.reading == Observation.Reading.UP && !isStill) {
            oldestUp = Math.min(oldestUp, target.advancedAt);
        }
    }

    private void failing(TargetMemory target, CauseKind kind) {
        if (kind.family() == CauseFamily.LIMIT) {
            limited.merge(target.target.pool(), 1, Integer::sum);
        } else if (kind.locus() == Locus.OBSERVER) {
            observerSick.merge(kind.subCause(), 1, Integer::sum);
        }
    }

    PollResult.Answered answer() {
        return answer;
    }

    PollResult.ServerFacts server() {
        return answer.server();
    }

    /** Whether there is a target of which there is nothing to wait for. */
    boolean anyScraped() {
        return scraped + unchecked > 0;
    }

    int scraped() {
        return scraped;
    }

    /** Targets that have been scraped, but not for too long. */
    int still() {
        return still;
    }

    /** Targets that are not on the server's own machine: they alone say something of its network. */
    int remote() {
        return remote;
    }

    /** Those of them of which the last scrape that ended failed. */
    int failing() {
        return failing;
    }

    /**
     * Monotonic; the poll that first showed the scrape which is the oldest of all that found one of them up. After all
     * others when none is up.
     */
    long oldestUp() {
        return oldestUp;
    }

    boolean mostStandStill() {
        return 2 * still > scraped;
    }

    /** Targets of the answer that had been told to be gone. */
    int goneSeen() {
        return goneSeen;
    }

    /** The longest time that a scrape may take to be seen again. */
    long overdueMillis() {
        return Freshness.limitMillis(longestInterval, longestTimeout);
    }

    /** The time in which everyone is looked at once more. */
    long roundMillis() {
        return seen.isEmpty()
                ? Freshness.INTERVAL_WHEN_UNKNOWN + Freshness.TIMEOUT_WHEN_UNKNOWN + pollIntervalMillis
                : longestInterval + longestTimeout + pollIntervalMillis;
    }

    boolean hasTargets(String pool) {
        return pools.containsKey(pool);
    }

    /** Targets by pool that fail for a limit that the server sets them. */
    Map<String, Integer> limited() {
        return limited;
    }

    /** Targets by sub-cause that fail because the server itself is sick. */
    Map<String, Integer> observerSick() {
        return observerSick;
    }
}
