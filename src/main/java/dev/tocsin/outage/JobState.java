package dev.tocsin.outage;

import dev.tocsin.health.Moment;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a job stands between health and outage. Each state makes its own transitions. Immutable. */
sealed interface JobState permits JobState.Calm, JobState.Confirming, JobStanding {
    /** The next state, and the version to be written when there is something to tell. Pure. */
    Step next(Look look);

    /** How many instances were expected when the first went down; 0 while none is. */
    int expectedAtOnset();

    /** How often the job has gone out and come back. */
    Restlessness restlessness();

    /** @param outage null when there is nothing to tell */
    record Step(JobState state, @Nullable Outage outage) {}

    /**
     * All that a transition may look at.
     *
     * @param other what the other kind of source says of the same backend
     * @param seq of the version that would be written
     * @param observedUntil up to when the job's sources had been seen through before our start
     */
    record Look(
            Scope.Job scope,
            JobView view,
            OtherView other,
            OutageRules rules,
            WaitClock waits,
            Moment now,
            Instant observedUntil,
            long epoch,
            long seq) {
        boolean elapsed(long since, long millis) {
            return waits.elapsed(since, now.monoMillis()) >= millis;
        }
    }

    /** No instance is down. */
    record Calm(Restlessness restlessness) implements JobState {
        static final Calm NEW = new Calm(Restlessness.NONE);

        @Override
        public int expectedAtOnset() {
            return 0;
        }

        @Override
        public Step next(Look look) {
            JobView view = look.view();
            Instant onset = view.downSince;
            if (onset == null || look.rules().ignore()) {
                return new Step(this, null);
            }
            return new Step(
                    new Confirming(
                            onset, look.now().monoMillis(), view.standing.expected(), Confirming.NOT_YET, restlessness),
                    null);
        }
    }

    /**
     * Instances are down, but not for long enough to say so.
     *
     * @param onset first evidence
     * @param since monotonic; the poll that first showed it
     * @param confirmedAt monotonic; when the evidence had stood for long enough, or {@link #NOT_YET}
     */
    record Confirming(Instant onset, long since, int expectedAtOnset, long confirmedAt, Restlessness restlessness)
            implements JobState {
        static final long NOT_YET = Long.MIN_VALUE;

        @Override
        public Step next(Look look) {
            JobView view = look.view();
            if (view.standing.down() == 0 || look.rules().ignore()) {
                return new Step(new Calm(restlessness), null);
            }
            if (view.sighted.down() == 0) {
                return new Step(confirmed(NOT_YET), null);
            }
            Verdict verdict = VerdictRule.earned(view.sighted, look.rules());
            long since = confirmedAt == NOT_YET && confirms(look, verdict)
                    ? look.now().monoMillis()
                    : confirmedAt;
            if (since == NOT_YET
                    || !settled(look, verdict, since)
                    || view.announced(verdict).isEmpty()) {
                return new Step(confirmed(since), null);
            }
            JobStanding standing = JobStanding.opened(this, look, verdict);
            return new Step(standing, standing.last());
        }

        private Confirming confirmed(long at) {
            return new Confirming(onset, since, expectedAtOnset, at, restlessness);
        }

        /* The wait ends with a batch of each source that says down, not with a timer: what we believe is then fresh.
         * Below the partial line a single failed scrape is not enough, however long ago it was. */
        private boolean confirms(Look look, Verdict verdict) {
            JobView view = look.view();
            long wait = Confirmation.waitMillis(
                    look.rules(), view.pairs + look.other().witnesses());
            long start = Math.max(since, view.sightedSince);
            return look.waits().elapsed(start, view.lastBatch) >= wait
                    && !view.announced(verdict).isEmpty();
        }

        /* So that a job that dies over one scrape interval is announced once, as what it is. */
        private boolean settled(Look look, Verdict verdict, long confirmed) {
            return verdict == Verdict.JOB
                    || look.elapsed(Math.max(since, look.view().sightedSince), look.view().roundMillis)
                    || look.elapsed(confirmed, look.rules().settleCap().toMillis());
        }
    }

    /** The names, cut at what a record lists. */
    static List<String> listed(List<String> names) {
        return List.copyOf(names.subList(0, Math.min(names.size(), Outage.Members.LISTED_MAX)));
    }
}
