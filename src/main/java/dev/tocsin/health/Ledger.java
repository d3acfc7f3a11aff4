package dev.tocsin.health;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been told of one source: states, findings, their numbers. Confined: its {@link HealthTable}.
 *
 * <p>Only {@link #apply} and {@link #restore} change it, so that a restart which applies what the log remembers comes to
 * the same. The memories that it holds carry evidence too; that is the table's.
 */
final class Ledger {
    /** Gone targets that are remembered at most; then the oldest are forgotten early. 200,000 x 220 B = 44 MB. */
    static final int GONE_MAX = 200_000;

    private static final Health SOURCE_BLIND = new Health.Unknown(Health.UnknownWhy.SOURCE_BLIND);

    private final Map<String, TargetMemory> targets = new HashMap<>();
    private final Map<String, TargetMemory> departed = new LinkedHashMap<>(); // the gone ones, oldest first
    private final Census census = new Census();
    private final FindingBook book;
    private Instant observedUntil = Instant.EPOCH;

    Ledger(FindingBook book) {
        this.book = book;
    }

    /** All targets, gone ones and those not told yet too; what is removed here must not have been told. */
    Collection<TargetMemory> targets() {
        return targets.values();
    }

    /** The memory of a target, a new one at first sight. */
    TargetMemory of(Target target) {
        TargetMemory memory = targets.get(target.id()); // no computeIfAbsent: it would allocate for each one known
        if (memory == null) {
            memory = new TargetMemory(target);
            targets.put(target.id(), memory);
        }
        return memory;
    }

    Census census() {
        return census;
    }

    Instant observedUntil() {
        return observedUntil;
    }

    /** Takes over what the log remembers. */
    void restore(Collection<HealthDelta> health, Collection<Finding> found, Instant seenUntil) {
        health.forEach(delta -> tell(delta).recall(delta));
        found.forEach(book::apply);
        observedUntil = seenUntil;
    }

    /** Takes what was decided as told. */
    void apply(DeltaBatch batch) {
        for (HealthDelta delta : batch.deltas()) {
            TargetMemory target = tell(delta);
            if (target.gone()) {
                target.votedAt = batch.at().monoMillis();
            }
        }
        batch.findings().forEach(book::apply);
        batch.tombstones().forEach(this::end);
        observedUntil = batch.observedUntil();
    }

    private TargetMemory tell(HealthDelta delta) {
        TargetMemory target = of(delta.target());
        Health to = delta.to().health();
        census.change(target.health, to);
        if (target.gone()) {
            departed.remove(delta.target().id());
        }
        target.health = to;
        target.sinceMillis = delta.to().since().toEpochMilli();
        target.seq = delta.seq();
        if (target.gone()) {
            departed.put(delta.target().id(), target);
        }
        if (!target.upOrDown() && !SOURCE_BLIND.equals(to)) {
            target.spell = -1; // the run of readings that went before is not continued
        }
        return target;
    }

    private void end(Tombstone end) {
        if (end.stream() == Stream.FINDINGS) {
            book.forget(end.key());
            return;
        }
        departed.remove(end.key());
        TargetMemory target = targets.remove(end.key());
        if (target != null) {
            census.change(target.health, null);
        }
    }

    /** Drafts the ends of the keys of targets long gone, and of the oldest when they are too many. */
    void forget(Draft draft, long absentForMillis, WaitClock waits, long poll) {
        int surplus = departed.size() - GONE_MAX;
        for (TargetMemory target : departed.values()) {
            boolean expired = waits.elapsed(target.votedAt, draft.at().monoMillis()) >= absentForMillis;
            if (!expired && surplus-- <= 0) {
                break;
            }
            if (target.seenPoll != poll) {
                draft.forget(target);
            }
        }
        book.ends(absentForMillis, waits, draft.at()).forEach(draft::add);
    }

    /** By target id the health, since when, and the number of the change: to be compared. */
    Map<String, List<Object>> told() {
        Map<String, List<Object>> told = new HashMap<>();
        targets.forEach((id, target) -> {
            if (target.health != null) {
                told.put(id, List.of(target.health, target.sinceMillis, target.seq));
            }
        });
        return told;
    }

    Map<String, Finding> findings() {
        return book.all();
    }
}
