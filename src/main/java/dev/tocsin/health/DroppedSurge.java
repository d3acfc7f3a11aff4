package dev.tocsin.health;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Tells when the dropped targets of a pool jump up. Confined: its {@link SourceFindings}. */
final class DroppedSurge {
    static final int GROWTH_MIN = 10;
    static final double GROWTH_SHARE = 0.5;

    private static final class Level {
        private int usual;
        private boolean surged;
        private long surgedAt;
    }

    private final Map<String, Level> levels = new HashMap<>();

    /** Pools whose count has jumped and not returned, with what to say of each; after the time given that is usual. */
    Map<String, String> see(Map<String, Integer> dropped, long absentForMillis, WaitClock waits, long now) {
        levels.keySet().retainAll(dropped.keySet());
        Map<String, String> surged = new TreeMap<>();
        dropped.forEach((pool, count) -> {
            Level level = levels.computeIfAbsent(pool, key -> level(count));
            boolean above = count - level.usual >= GROWTH_MIN && count > level.usual * (1 + GROWTH_SHARE);
            if (above && !level.surged) {
                level.surgedAt = now;
            }
            level.surged = above && waits.elapsed(level.surgedAt, now) < absentForMillis;
            if (level.surged) {
                surged.put(pool, "dropped targets of pool " + pool + " went from " + level.usual + " to " + count);
            } else {
                level.usual = count;
            }
        });
        return surged;
    }

    private static Level level(int usual) {
        Level level = new Level();
        level.usual = usual;
        return level;
    }
}
