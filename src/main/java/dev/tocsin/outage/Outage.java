package dev.tocsin.outage;

import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Named;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of an outage: the whole outage as it stands after the change. Immutable.
 *
 * @param id one from open to resolve, {@code o-} and 26 characters
 * @param version 1, 2, 3 ...
 * @param verdict null for scopes other than {@code job}
 * @param sole whether the job has one instance only
 * @param flapScore percent of state change, 0 to 100 (Icinga's weighted score)
 * @param suppressedBy id of the outage that speaks for this one; null when none
 * @param parent id of the outage this one is a part of; null when none
 * @param startedAt onset: first evidence
 * @param openedAt when we decided
 * @param resolvedAt its end; null while open
 * @param endedBetween the bounds of its end when nobody looked; null when somebody did
 * @param share (down + gone) / expected, 0 to 1; 0 for other scopes than job
 * @param cause the dominant cause; null for other scopes than job
 * @param detail for source and site outages what is the matter, for people; "" for jobs
 * @param both what the other kind of source makes of it; {@link BothViews#NONE} for other scopes than job
 * @param seq number of the change of this scope's key: 1, 2, 3 ..., over all its outages
 */
public record Outage(
        String id,
        int version,
        Change change,
        Reason reason,
        Scope scope,
        @Nullable Verdict verdict,
        boolean sole,
        boolean flapping,
        double flapScore,
        @Nullable String suppressedBy,
        @Nullable String parent,
        List<String> children,
        Instant startedAt,
        Instant openedAt,
        Instant changedAt,
        @Nullable Instant resolvedAt,
        @Nullable Between endedBetween,
        JobCounts counts,
        int expectedAtOnset,
        double share,
        @Nullable DominantCause cause,
        List<CauseCount> causes,
        Vantages vantages,
        Members members,
        String detail,
        BothViews both,
        long epoch,
        long seq) {

    /** What a version does to its outage. */
    public enum Change implements Named {
        OPENED,
        CHANGED,
        RESOLVED,
        /** The scope is no more: nobody will ever see it up. */
        CLOSED
    }

    /** Whether the outage stands after this version. */
    public boolean open() {
        return change == Change.OPENED || change == Change.CHANGED;
    }

    /** {@code open}, {@code resolved} or {@code closed}. */
    public String state() {
        return open() ? "open" : change.text();
    }

    /** An end that nobody saw: it lies between the two. */
    public record Between(Instant from, Instant to) {}

    /** The end of its key. */
    Tombstone tombstone(Moment at, long inEpoch) {
        return new Tombstone(Stream.OUTAGES, scope.key(), scope.origin(), scope.cluster(), at.wall(), inEpoch, seq + 1);
    }

    /** @param share of the down members that fail with it, 0 to 1 */
    public record DominantCause(CauseKind kind, double share, String remedy) {}

    public record CauseCount(CauseKind kind, int count) {}

    /** Names of the sources that report on the scope, by whether they have a vote now. Sorted. */
    public record Vantages(List<String> sighted, List<String> blind) {}

    /**
     * Instances, sorted.
     *
     * @param down those down now, cut at {@link #LISTED_MAX}
     * @param joined since the version before, cut too
     * @param left since the version before, cut too
     */
    public record Members(List<String> down, int downTotal, List<String> joined, List<String> left) {
        public static final int LISTED_MAX = 100;
        public static final Members NONE = new Members(List.of(), 0, List.of(), List.of());
    }
}
