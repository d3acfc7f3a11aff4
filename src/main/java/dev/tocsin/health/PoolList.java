package dev.tocsin.health;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scrape pools that a source says it has, and for how long it has said so. Confined: its {@link HealthTable}. */
final class PoolList {
    static final int POLLS = 3;

    /** What the list says of a pool. */
    enum Standing {
        /** It is there, or the source never tells its pools. */
        EXPECTED,
        REMOVED,
        /** The list has just changed, or was not told: wait. */
        UNSETTLED
    }

    private @Nullable Set<String> pools;
    private int polls;
    private long since;

    /** Takes in the list of one ready poll. */
    void see(@Nullable List<String> told, long now) {
        if (told == null) {
            polls = 0;
            return;
        }
        boolean same = pools != null && pools.size() == told.size() && pools.containsAll(told);
        if (!same || polls == 0) {
            pools = Set.copyOf(told);
            since = now;
            polls = 0;
        }
        polls++;
    }

    /** The count begins again. */
    void blind() {
        polls = 0;
    }

    Standing of(String pool) {
        if (pools == null) {
            return Standing.EXPECTED;
        }
        if (polls < POLLS) {
            return Standing.UNSETTLED;
        }
        return pools.contains(pool) ? Standing.EXPECTED : Standing.REMOVED;
    }

    /** The pools, when the list has stood long enough to conclude from it; else null. */
    @Nullable
    Set<String> settled(WaitClock waits, long now) {
        return polls >= POLLS && waits.elapsed(since, now) >= GoneRule.MILLIS ? pools : null;
    }
}
