package dev.tocsin.outage;

import dev.tocsin.health.CauseKind;
import dev.tocsin.outage.JobState.Look;
import dev.tocsin.outage.Outage.CauseCount;
import dev.tocsin.outage.Outage.Change;
import dev.tocsin.outage.Outage.DominantCause;
import dev.tocsin.outage.Outage.Members;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the versions of a job's outage from a look at the job. Immutable. */
record OutageVersion(Look look, Restlessness restlessness) {

    Outage opened(JobState.Confirming confirming, Verdict verdict) {
        JobView view = look.view();
        List<String> down = view.announced(verdict);
        JobCounts counts = view.standing.without(view.down.size() - down.size());
        Members members = new Members(JobState.listed(down), down.size(), JobState.listed(down), List.of());
        Instant now = look.now().wall();
        return write(
                OutageIds.of(look.scope(), look.epoch(), look.seq(), now),
                1,
                Change.OPENED,
                VerdictRule.reached(verdict),
                verdict,
                new Times(earlier(confirming.onset(), now), now, null, null),
                confirming.expectedAtOnset(),
                counts,
                counts.share(),
                dominant(view, null),
                causes(view),
                members,
                look.other().told(verdict, counts, null, false));
    }

    Outage changed(JobStanding standing, Verdict verdict, Reason reason) {
        JobView view = look.view();
        Outage last = standing.last();
        boolean blind = view.memberBlind;
        Members members = blind
                ? new Members(last.members().down(), last.members().downTotal(), List.of(), List.of())
                : members(standing.down(), view.down);
        return write(
                last.id(),
                last.version() + 1,
                Change.CHANGED,
                reason,
                verdict,
                new Times(last.startedAt(), last.openedAt(), null, null),
                last.expectedAtOnset(),
                view.standing,
                blind ? last.share() : view.standing.share(),
                blind || view.causes.isEmpty() ? last.cause() : dominant(view, last),
                blind || view.causes.isEmpty() ? last.causes() : causes(view),
                members,
                standing.both(look, verdict));
    }

    Outage ended(JobStanding standing, Change change, Reason reason) {
        JobView view = look.view();
        Outage last = standing.last();
        Instant now = look.now().wall();
        Instant seen = reason == Reason.MEMBERS_UP || reason == Reason.MEMBERS_REPLACED ? view.upSince : null;
        Instant end = later(last.startedAt(), seen == null ? now : earlier(seen, now));
        Outage.Between between = reason == Reason.ENDED_WHILE_AWAY
                ? new Outage.Between(earlier(later(last.changedAt(), look.observedUntil()), end), end)
                : null;
        return write(
                last.id(),
                last.version() + 1,
                change,
                reason,
                last.verdict(),
                new Times(last.startedAt(), last.openedAt(), end, between),
                last.expectedAtOnset(),
                view.standing,
                view.standing.share(),
                last.cause(),
                last.causes(),
                members(standing.down(), view.down),
                last.both());
    }

    private record Times(
            Instant startedAt, Instant openedAt, @Nullable Instant resolvedAt, Outage.@Nullable Between endedBetween) {}

    private Outage write(
            String id,
            int version,
            Change change,
            Reason reason,
            @Nullable Verdict verdict,
            Times times,
            int expectedAtOnset,
            JobCounts counts,
            double share,
            @Nullable DominantCause cause,
            List<CauseCount> causes,
            Members members,
            BothViews both) {
        JobView view = look.view();
        long now = look.now().monoMillis();
        return new Outage(
                id,
                version,
                change,
                reason,
                look.scope(),
                verdict,
                view.standing.expected() == 1,
                restlessness.flapping(view.roundMillis, now),
                restlessness.percent(view.roundMillis, now),
                null,
                null,
                List.of(),
                times.startedAt(),
                times.openedAt(),
                look.now().wall(),
                times.resolvedAt(),
                times.endedBetween(),
                counts,
                expectedAtOnset,
                share,
                cause,
                causes,
                view.vantages(),
                members,
                "",
                both,
                look.epoch(),
                look.seq());
    }

    private static Members members(List<String> before, List<String> after) {
        Set<String> was = new HashSet<>(before);
        Set<String> is = new HashSet<>(after);
        List<String> joined = after.stream().filter(name -> !was.contains(name)).toList();
        List<String> left = before.stream().filter(name -> !is.contains(name)).toList();
        return new Members(JobState.listed(after), after.size(), JobState.listed(joined), JobState.listed(left));
    }

    /** The cause that most of those down fail with; of equals the one told last, then the first by name. */
    static @Nullable DominantCause dominant(JobView view, @Nullable Outage last) {
        CauseKind told =
                last == null || last.cause() == null ? null : last.cause().kind();
        int all = view.causes.values().stream().mapToInt(Integer::intValue).sum();
        return view.causes.entrySet().stream()
                .max(Map.Entry.<CauseKind, Integer>comparingByValue()
                        .thenComparing(e -> e.getKey().equals(told))
                        .thenComparing(e -> e.getKey().subCause(), Comparator.reverseOrder()))
                .map(e -> new DominantCause(
                        e.getKey(), (double) e.getValue() / all, view.remedies.getOrDefault(e.getKey(), "")))
                .orElse(null);
    }

    private static List<CauseCount> causes(JobView view) {
        return view.causes.entrySet().stream()
                .sorted(Map.Entry.<CauseKind, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(e -> e.getKey().subCause()))
                .map(e -> new CauseCount(e.getKey(), e.getValue()))
                .toList();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
