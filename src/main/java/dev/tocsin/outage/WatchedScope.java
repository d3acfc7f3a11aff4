package dev.tocsin.outage;

import dev.tocsin.health.Moment;
import dev.tocsin.outage.Outage.Change;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outages of one source or site, one after another. Confined: its source watch. */
final class WatchedScope {
    private final Scope scope;
    private final long epoch;
    private @Nullable Outage last;

    /** Whether this process has seen the open outage's evidence, or only the log remembers it. */
    private boolean seen;

    WatchedScope(Scope scope, long epoch) {
        this.scope = scope;
        this.epoch = epoch;
    }

    /**
     * Who is in the dark.
     *
     * @param sources names of the sources, sorted
     * @param instances behind them
     * @param detail what is the matter, for people
     */
    record Dark(List<String> sources, int instances, String detail) {}

    Scope scope() {
        return scope;
    }

    /** The open outage; null when none is. */
    @Nullable
    Outage open() {
        return last != null && last.open() ? last : null;
    }

    @Nullable
    Outage last() {
        return last;
    }

    void restore(Outage outage) {
        last = outage;
        seen = false;
    }

    /** Notes that what the log remembers is still so. */
    void seen() {
        seen = true;
    }

    Outage opened(Reason reason, Instant onset, Dark dark, Moment now) {
        long seq = seq();
        seen = true;
        String id = OutageIds.of(scope, epoch, seq, now.wall());
        Instant start = onset.isBefore(now.wall()) ? onset : now.wall();
        return take(write(id, 1, Change.OPENED, reason, null, start, now.wall(), null, null, dark, now, seq));
    }

    /** Makes the open outage a part of another; none when {@code parent} is null. */
    Outage partOf(@Nullable String parent, Outage open, Moment now) {
        return take(write(
                open.id(),
                open.version() + 1,
                Change.CHANGED,
                Reason.PARENT_CHANGED,
                parent,
                open.startedAt(),
                open.openedAt(),
                null,
                null,
                new Dark(open.members().down(), open.counts().expected(), open.detail()),
                now,
                seq()));
    }

    /** Ends the open outage. An end that this process did not see gets its bounds in place of a time. */
    Outage ended(Outage open, Change change, Reason reason, Instant observedUntil, Moment now) {
        boolean away = change == Change.RESOLVED && !seen;
        Instant from = observedUntil.isAfter(open.changedAt()) ? observedUntil : open.changedAt();
        Instant end = now.wall().isBefore(open.startedAt()) ? open.startedAt() : now.wall();
        return take(write(
                open.id(),
                open.version() + 1,
                change,
                away ? Reason.ENDED_WHILE_AWAY : reason,
                open.parent(),
                open.startedAt(),
                open.openedAt(),
                end,
                away ? new Outage.Between(from.isAfter(end) ? end : from, end) : null,
                new Dark(List.of(), 0, open.detail()),
                now,
                seq()));
    }

    private long seq() {
        return last == null ? 1 : last.seq() + 1;
    }

    private Outage take(Outage outage) {
        last = outage;
        return outage;
    }

    private Outage write(
            String id,
            int version,
            Change change,
            Reason reason,
            @Nullable String parent,
            Instant startedAt,
            Instant openedAt,
            @Nullable Instant resolvedAt,
            Outage.@Nullable Between endedBetween,
            Dark dark,
            Moment now,
            long seq) {
        return new Outage(
                id,
                version,
                change,
                reason,
                scope,
                null,
                false,
                false,
                0,
                null,
                parent,
                List.of(),
                startedAt,
                openedAt,
                now.wall(),
                resolvedAt,
                endedBetween,
                new JobCounts(dark.instances(), 0, 0, dark.instances(), 0, 0),
                dark.instances(),
                0,
                null,
                List.of(),
                new Outage.Vantages(List.of(), dark.sources()),
                new Outage.Members(
                        JobState.listed(dark.sources()), dark.sources().size(), List.of(), List.of()),
                dark.detail(),
                BothViews.NONE,
                epoch,
                seq);
    }
}
