package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One source, as the source watch follows it: since when it is how it is, and what stands behind it. Confined: its watch. */
final class SourceCase {
    private static final int FAILED_POLLS = 2;
    private static final long FAILED_MILLIS = 10_000;
    private static final long TOO_LONG_MILLIS = 600_000;
    private static final int RESTARTS = 3;
    /* As for the guard: who reaches a fifth of its targets is not cut off. */
    private static final double REACHED_SHARE = 0.2;

    final Source source;
    private final Scope.Source scope;
    private SourceState state = SourceState.BLIND;
    private SourceState.@Nullable Why why = SourceState.Why.NOT_ASKED;
    private String detail = "";

    /** Monotonic; until when the outage of a site spoke for it. */
    private long spokenForUntil = Long.MIN_VALUE;

    /** Monotonic and wall; the first poll of the spell in this state. */
    private long since;

    private Instant sinceWall = Instant.EPOCH;
    private int polls;
    private long pollIntervalMillis;
    private int seenRestarts;
    private boolean reaches;

    /** Monotonic; the last restarts of the source, at most {@link #RESTARTS}. */
    private final Deque<Long> restarts = new ArrayDeque<>();

    private final Map<String, Set<String>> targetsOfJobs = new HashMap<>();
    private Instant observedUntil = Instant.EPOCH;

    /** Up to when it had been seen through before the spell in this state. */
    private Instant observedBefore = Instant.EPOCH;

    SourceCase(Source source) {
        this.source = source;
        this.scope = new Scope.Source(source.cluster(), source.name());
    }

    Scope.Source scope() {
        return scope;
    }

    /** Whether it has answered or failed once in this process. */
    boolean asked() {
        return polls > 0;
    }

    SourceState state() {
        return state;
    }

    long since() {
        return since;
    }

    Instant sinceWall() {
        return sinceWall;
    }

    long pollIntervalMillis() {
        return pollIntervalMillis;
    }

    Instant observedBefore() {
        return observedBefore;
    }

    void restore(Instant until) {
        observedUntil = until;
    }

    void apply(DeltaBatch batch) {
        batch.deltas().forEach(this::apply);
        boolean sameSpell = polls > 0 && dark(batch.state()) == dark() && (dark() || batch.state() == state);
        if (batch.restarts() > seenRestarts) {
            seenRestarts = batch.restarts();
            restarts.addLast(batch.at().monoMillis());
            if (restarts.size() > RESTARTS) {
                restarts.removeFirst();
            }
        }
        if (!sameSpell) {
            since = batch.at().monoMillis();
            sinceWall = batch.at().wall();
            polls = 0;
            observedBefore = observedUntil;
        }
        polls++;
        state = batch.state();
        why = batch.why();
        detail = batch.detail();
        int up = batch.targets() - batch.down() - batch.unknown();
        reaches = up >= REACHED_SHARE * batch.targets();
        pollIntervalMillis = batch.pollInterval().toMillis();
        if (state == SourceState.READY) {
            observedUntil = batch.observedUntil();
        }
    }

    void apply(HealthDelta delta) {
        Set<String> targets = targetsOfJobs.computeIfAbsent(delta.target().job(), job -> new HashSet<>());
        if (delta.to().health() instanceof Health.Gone) {
            targets.remove(delta.target().id());
        } else {
            targets.add(delta.target().id());
        }
        if (targets.isEmpty()) {
            targetsOfJobs.remove(delta.target().job());
        }
    }

    /** Whether it is sighted and sees enough up to say that the targets are not all down. */
    boolean reaches() {
        return state == SourceState.READY && reaches;
    }

    /** Whether it does not let us see, for a reason that is not a start or a reload of its own. */
    boolean dark() {
        return polls > 0 && dark(state);
    }

    private static boolean dark(SourceState state) {
        return switch (state) {
            case BLIND, STOPPING, FROZEN -> true;
            case READY, STARTING, WARMING, RELOADING, SUSPECT -> false;
        };
    }

    /** Why this is an outage of the source by now; null when it is none. */
    @Nullable
    Reason outage(WaitClock waits, long now) {
        if (restarting(waits, now)) {
            return Reason.SOURCE_RESTARTING;
        }
        long elapsed = waits.elapsed(Math.max(since, spokenForUntil), now);
        return switch (state) {
            case BLIND, STOPPING ->
                polls >= FAILED_POLLS && elapsed >= FAILED_MILLIS ? Reason.SOURCE_UNREACHABLE : null;
            case FROZEN ->
                polls >= FAILED_POLLS && (spokenForUntil < since || elapsed >= FAILED_MILLIS)
                        ? Reason.SOURCE_FROZEN
                        : null;
            case STARTING -> elapsed >= TOO_LONG_MILLIS ? Reason.SOURCE_STARTING_LONG : null;
            case RELOADING -> elapsed >= TOO_LONG_MILLIS ? Reason.SOURCE_UNREACHABLE : null;
            case READY, WARMING, SUSPECT -> null;
        };
    }

    /**
     * The outage of a site that spoke for it has ended: one of its own waits anew. It is asked at other moments than its
     * twins, seldom by now, and may be back: one more failed poll says that it is not.
     */
    void speaksForItself(long now) {
        spokenForUntil = now;
        polls = Math.min(polls, FAILED_POLLS - 1);
    }

    private boolean restarting(WaitClock waits, long now) {
        return restarts.size() == RESTARTS && waits.elapsed(restarts.getFirst(), now) < TOO_LONG_MILLIS;
    }

    /** Whether an outage of it is over. */
    boolean well(WaitClock waits, long now) {
        return state == SourceState.READY && !restarting(waits, now);
    }

    int instances() {
        return targetsOfJobs.values().stream().mapToInt(Set::size).sum();
    }

    /** What is the matter and what to do, for people: {@code prom-a is blind (refused): ... Is it running ...?}. */
    String story() {
        String reason = why == null ? "" : " (" + why.text() + ")";
        String more = detail.isEmpty() ? "" : ": " + detail;
        String behind = targetsOfJobs.isEmpty()
                ? "nothing is known behind it"
                : count(targetsOfJobs.size(), "job") + ", " + count(instances(), "target") + " behind it";
        return source.name() + " is " + state.text() + reason + more + "; " + behind + ". "
                + SourceRemedies.of(state, why);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
