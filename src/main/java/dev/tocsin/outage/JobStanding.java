package dev.tocsin.outage;

import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.Outage.Change;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An outage of a job that stands. Immutable.
 *
 * @param last its last version
 * @param down names of all that were down at that version, sorted; the version itself lists the first of them
 * @param toldAt monotonic; when that was
 * @param belowSince monotonic; since when the share has been below the verdict's line; {@link #NOT} when it is not
 * @param absentSince monotonic; since when none has been down, without all being well; {@link #NOT} when otherwise
 * @param unprovenSince monotonic; since when nothing bears out the impact that was told; {@link #NOT} when something does
 * @param seenDown whether somebody has been seen down in it by this process
 */
record JobStanding(
        Outage last,
        List<String> down,
        long toldAt,
        long belowSince,
        long absentSince,
        long unprovenSince,
        boolean seenDown,
        Restlessness restlessness)
        implements JobState {

    static final long NOT = Long.MIN_VALUE;

    /** Changes of members alone make at most one version in this time. */
    private static final long MEMBERS_EVERY_MILLIS = 10_000;

    static JobStanding opened(Confirming confirming, Look look, Verdict verdict) {
        long now = look.now().monoMillis();
        Restlessness restlessness = confirming.restlessness().seen(true, look.view().roundMillis, now);
        Outage outage = new OutageVersion(look, restlessness).opened(confirming, verdict);
        List<String> down = List.copyOf(look.view().announced(verdict));
        return new JobStanding(outage, down, now, NOT, NOT, NOT, true, restlessness);
    }

    /** As a process finds it that starts again in the middle of it. */
    static JobStanding restored(Outage last, List<String> down, long now) {
        return new JobStanding(last, down, now, NOT, NOT, NOT, false, new Restlessness(FlapScore.CALM, true, now));
    }

    @Override
    public int expectedAtOnset() {
        return last.expectedAtOnset();
    }

    @Override
    public Step next(Look look) {
        JobView view = look.view();
        long now = look.now().monoMillis();
        if (look.rules().ignore()) {
            return ended(look, restlessness, Change.CLOSED, Reason.JOB_IGNORED);
        }
        if (view.sourcesRemoved) {
            return ended(look, restlessness, Change.CLOSED, Reason.SOURCE_REMOVED);
        }
        boolean nobodyDown = !view.memberBlind && view.standing.down() == 0;
        boolean well = nobodyDown && view.standing.gone() == 0 && view.membersWell;
        Restlessness restless = restlessness.seen(!well, view.roundMillis, now);
        if (well && !restless.flapping(view.roundMillis, now)) {
            return ended(look, restless, Change.RESOLVED, wellReason(view));
        }
        long absent = !nobodyDown || well ? NOT : absentSince == NOT ? now : absentSince;
        if (absent != NOT && look.elapsed(absent, look.rules().absentFor().toMillis())) {
            if (view.standing.up() + view.standing.disagreeing() > 0) {
                return ended(look, restless, Change.RESOLVED, Reason.MEMBERS_ABSENT);
            }
            if (view.standing.expected() == view.standing.gone()) {
                return ended(look, restless, Change.CLOSED, Reason.JOB_ABSENT);
            }
        }
        boolean seen = seenDown || view.downSince != null;
        return stays(look, new JobStanding(last, down, toldAt, below(look), absent, unproven(look), seen, restless));
    }

    private Reason wellReason(JobView view) {
        if (!seenDown) {
            return Reason.ENDED_WHILE_AWAY;
        }
        return view.memberGone ? Reason.MEMBERS_REPLACED : Reason.MEMBERS_UP;
    }

    private static Step ended(Look look, JobStanding of, Restlessness restless, Change change, Reason reason) {
        Outage outage = new OutageVersion(look, restless).ended(of, change, reason);
        return new Step(new Calm(restless), outage);
    }

    private Step ended(Look look, Restlessness restless, Change change, Reason reason) {
        return ended(look, this, restless, change, reason);
    }

    /* A verdict is left only after a round below its line, and never while a member cannot be seen. */
    private long below(Look look) {
        JobView view = look.view();
        if (view.memberBlind || !VerdictRule.below(verdict(), view.standing, look.rules())) {
            return NOT;
        }
        return belowSince == NOT ? look.now().monoMillis() : belowSince;
    }

    /* With nobody down there is nothing to feel; and that what is down is served, the balancers must go on to say. */
    private long unproven(Look look) {
        Impact told = last.both().impact();
        boolean nobodyDown = told != null && look.view().down.isEmpty();
        if (!nobodyDown && !(told == Impact.OBSERVABILITY && look.other().silent())) {
            return NOT;
        }
        return unprovenSince == NOT ? look.now().monoMillis() : unprovenSince;
    }

    private Verdict verdict() {
        Verdict verdict = last.verdict();
        return verdict == null ? Verdict.INSTANCE : verdict;
    }

    private static Step stays(Look look, JobStanding standing) {
        Verdict verdict = standing.verdict(look);
        Reason reason = standing.reason(look, verdict);
        if (reason == null) {
            return new Step(standing, null);
        }
        return standing.changed(look, verdict, reason);
    }

    private Verdict verdict(Look look) {
        Verdict raised = VerdictRule.earned(look.view().believed, look.rules());
        if (raised.compareTo(verdict()) > 0) {
            return raised;
        }
        boolean falls = belowSince != NOT && look.elapsed(belowSince, look.view().roundMillis);
        return falls ? VerdictRule.earned(look.view().standing, look.rules()) : verdict();
    }

    /** Why a version must be written now; null when there is no need. */
    private @Nullable Reason reason(Look look, Verdict verdict) {
        JobView view = look.view();
        int change = verdict.compareTo(verdict());
        if (change != 0) {
            return change > 0 ? VerdictRule.reached(verdict) : VerdictRule.fellTo(verdict);
        }
        boolean flapping = restlessness.flapping(view.roundMillis, look.now().monoMillis());
        if (flapping != last.flapping()) {
            return flapping ? Reason.FLAPPING_STARTED : Reason.FLAPPING_STOPPED;
        }
        if (!look.elapsed(toldAt, MEMBERS_EVERY_MILLIS)) {
            return null;
        }
        if (!last.vantages().blind().containsAll(view.blindSources)) {
            return Reason.VANTAGE_BLIND;
        }
        if (last.vantages().blind().stream().anyMatch(view.sightedSources::contains)) {
            return Reason.VANTAGE_BACK;
        }
        boolean inSight = !view.memberBlind && !view.down.isEmpty();
        if (inSight && !view.down.equals(down)) {
            return Reason.MEMBERS_CHANGED;
        }
        if (inSight && causeChanged(view)) {
            return Reason.CAUSE_CHANGED;
        }
        BothViews seen = both(look, verdict);
        boolean changed = seen.impact() != last.both().impact() || inSight && pictureChanged(look, seen);
        return changed ? Reason.IMPACT_CHANGED : null;
    }

    private boolean causeChanged(JobView view) {
        Outage.DominantCause cause = OutageVersion.dominant(view, last);
        return cause == null
                || last.cause() == null
                || !cause.kind().equals(last.cause().kind());
    }

    /* What is not decided yet changes nothing: the picture would change again when it is. */
    private boolean pictureChanged(Look look, BothViews seen) {
        return look.other().settled() && !seen.picture().equals(last.both().picture());
    }

    /** What is to be told of the other view; an impact that nothing bears out is held for a round. */
    BothViews both(Look look, Verdict verdict) {
        JobView view = look.view();
        boolean unproven = unprovenSince != NOT && look.elapsed(unprovenSince, view.roundMillis);
        if (view.down.isEmpty()) {
            return unproven ? look.other().withoutImpact() : last.both();
        }
        /* Of a service the balancers are its own view, and blind now; of a job they go on to speak. */
        if (view.memberBlind && look.scope().sourceKind() == SourceKind.TRAEFIK) {
            return last.both();
        }
        Impact told = last.both().impact();
        boolean served = told == Impact.OBSERVABILITY;
        /* That those who were down are served says nothing of who went down after them. */
        boolean more = served && !Set.copyOf(down).containsAll(view.down);
        BothViews seen = look.other().told(verdict, view.standing, more ? Impact.NONE_KNOWN : told, unproven);
        /* The version lists them all, and nothing is asked of those who were up when they went out of sight. */
        boolean hidden = !served
                && seen.impact() == Impact.OBSERVABILITY
                && view.memberBlind
                && !Set.copyOf(view.down).containsAll(down);
        return hidden ? seen.with(told) : seen;
    }

    private Step changed(Look look, Verdict verdict, Reason reason) {
        Outage outage = new OutageVersion(look, restlessness).changed(this, verdict, reason);
        List<String> downNow = look.view().memberBlind ? down : List.copyOf(look.view().down);
        return new Step(
                new JobStanding(
                        outage,
                        downNow,
                        look.now().monoMillis(),
                        verdict == verdict() ? belowSince : NOT,
                        absentSince,
                        unprovenSince,
                        seenDown,
                        restlessness),
                outage);
    }
}
