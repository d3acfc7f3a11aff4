package dev.tocsin.health;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells which scrape pools a source had and no longer has. Confined: its {@link SourceFindings}. */
final class MissingPools {
    private static final long BEFORE_OUR_START = Long.MIN_VALUE;

    private final Set<String> known = new HashSet<>();
    private final Map<String, Long> missingSince = new HashMap<>();

    /** A pool that the source had before our own start. */
    void known(String pool) {
        known.add(pool);
    }

    /** A pool that was missing before our own start. */
    void restore(String pool) {
        missingSince.put(pool, BEFORE_OUR_START);
    }

    /**
     * The missing pools, with what to say of each; after the time given nobody misses them any more.
     *
     * @param told the list as it is now
     * @param settled the list, when it has stood long enough to conclude that a pool left; else null
     */
    Map<String, String> see(
            Collection<String> told, @Nullable Set<String> settled, long absentForMillis, WaitClock waits, long now) {
        missingSince.keySet().removeAll(Set.copyOf(told));
        if (settled != null) {
            for (String pool : known) {
                if (!settled.contains(pool)) {
                    missingSince.putIfAbsent(pool, now);
                }
            }
            known.clear();
        }
        known.addAll(told);
        missingSince.replaceAll((pool, since) -> since == BEFORE_OUR_START ? now : since);
        missingSince.values().removeIf(since -> waits.elapsed(since, now) >= absentForMillis);
        Map<String, String> missing = new TreeMap<>();
        missingSince.keySet().forEach(pool -> missing.put(pool, "pool " + pool + " is no longer in the server's list"));
        return missing;
    }
}
