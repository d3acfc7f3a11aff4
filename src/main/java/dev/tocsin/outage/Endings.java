package dev.tocsin.outage;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keys that are over, each waiting for its tombstone. Confined: its correlator. */
final class Endings {
    /** @param tombstone makes it, for the moment at which it is due */
    private record Ending(long since, long waitMillis, Function<Moment, Tombstone> tombstone) {}

    private final Map<String, Ending> byKey = new HashMap<>();

    void over(String key, Moment now, long waitMillis, Function<Moment, Tombstone> tombstone) {
        byKey.putIfAbsent(key, new Ending(now.monoMillis(), waitMillis, tombstone));
    }

    void notOver(String key) {
        byKey.remove(key);
    }

    /** The tombstones that are due; their keys are forgotten here. */
    List<Tombstone> due(WaitClock waits, Moment now) {
        List<Tombstone> due = new ArrayList<>();
        byKey.values().removeIf(ending -> {
            boolean isDue = waits.elapsed(ending.since, now.monoMillis()) >= ending.waitMillis;
            if (isDue) {
                due.add(ending.tombstone.apply(now));
            }
            return isDue;
        });
        return due;
    }
}
