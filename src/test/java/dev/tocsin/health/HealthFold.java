package dev.tocsin.health;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last state of each target, folded from the stream of deltas and tombstones: one fold for the table's readers.
 * Confined: its owner. It holds as many states as the stream has keys.
 */
public final class HealthFold {
    /** What a record was to the fold. */
    public enum Step {
        /** The next change of its key: taken. */
        IN_ORDER,
        /** Taken, but changes before it have been missed. */
        AFTER_GAP,
        /** Seen already: dropped. */
        DUPLICATE,
        /** Of a writer that a newer one has replaced: dropped. */
        FENCED
    }

    private final Map<String, HealthDelta> states = new HashMap<>();

    /** Takes a record in. Something was missed exactly when {@code seq != previous + 1 + coalesced}. */
    public Step apply(HealthDelta delta) {
        HealthDelta last = states.get(delta.target().id());
        if (last != null && delta.epoch() < last.epoch()) {
            return Step.FENCED;
        }
        if (last != null && delta.epoch() == last.epoch() && delta.seq() <= last.seq()) {
            return Step.DUPLICATE;
        }
        states.put(delta.target().id(), delta);
        return follows(last, delta) ? Step.IN_ORDER : Step.AFTER_GAP;
    }

    private static boolean follows(@Nullable HealthDelta last, HealthDelta delta) {
        long previous = last == null ? 0 : last.seq();
        boolean again = delta.snapshot() && delta.seq() >= previous;
        return again || delta.seq() == previous + 1 + delta.coalesced();
    }

    /** Forgets a key; a tombstone of a fenced writer ends nothing. */
    public Step apply(Tombstone end) {
        HealthDelta last = states.get(end.key());
        if (last == null) {
            return Step.DUPLICATE;
        }
        if (end.epoch() < last.epoch()) {
            return Step.FENCED;
        }
        states.remove(end.key());
        return end.seq() == last.seq() + 1 ? Step.IN_ORDER : Step.AFTER_GAP;
    }

    /** Takes a whole batch in. */
    public void apply(DeltaBatch batch) {
        batch.deltas().forEach(this::apply);
        for (Tombstone end : batch.tombstones()) {
            if (end.stream() == Stream.HEALTH) {
                apply(end);
            }
        }
    }

    /** The last record of that target; null when there is none. */
    public @Nullable HealthDelta state(String targetId) {
        return states.get(targetId);
    }

    /** The last records of all targets, gone ones too; a view. */
    public Collection<HealthDelta> states() {
        return Collections.unmodifiableCollection(states.values());
    }
}
