package dev.tocsin.outage;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The scopes of a source watch that have or had an outage, and the ends of their keys. Confined: the watch. */
final class WatchedScopes {
    private final long epoch;
    private final long absentMillis;
    private final Map<Scope, WatchedScope> scopes = new LinkedHashMap<>();
    private final Endings endings = new Endings();

    /** @param absentMillis how long after its close a scope's key ends */
    WatchedScopes(long epoch, long absentMillis) {
        this.epoch = epoch;
        this.absentMillis = absentMillis;
    }

    WatchedScope of(Scope scope) {
        return scopes.computeIfAbsent(scope, key -> new WatchedScope(key, epoch));
    }

    /** The open outage of a scope; null when there is none. */
    @Nullable
    Outage open(Scope scope) {
        WatchedScope watched = scopes.get(scope);
        return watched == null ? null : watched.open();
    }

    void restore(Outage outage) {
        of(outage.scope()).restore(outage);
    }

    /** Closes what the log remembers of scopes that are configured no more. */
    List<Outage> close(Predicate<Scope> configured, Moment now) {
        List<Outage> closed = new ArrayList<>();
        for (WatchedScope watched : scopes.values()) {
            Outage open = watched.open();
            if (open != null && !configured.test(watched.scope())) {
                closed.add(watched.ended(open, Outage.Change.CLOSED, Reason.SOURCE_REMOVED, now.wall(), now));
            }
        }
        closed.forEach(
                outage -> endings.over(outage.scope().key(), now, absentMillis, at -> outage.tombstone(at, epoch)));
        return closed;
    }

    /** The tombstones that are due; their scopes are forgotten. */
    List<Tombstone> due(WaitClock waits, Moment now) {
        List<Tombstone> due = endings.due(waits, now);
        due.forEach(tombstone -> scopes.keySet().removeIf(scope -> scope.key().equals(tombstone.key())));
        return due;
    }
}
