package dev.tocsin.health;

import static dev.tocsin.health.Health.UnknownWhy.NOT_YET_SCRAPED;
import static dev.tocsin.health.Health.UnknownWhy.SCRAPE_OVERDUE;
import static dev.tocsin.health.Health.UnknownWhy.SOURCE_BLIND;
import static dev.tocsin.health.Health.UnknownWhy.UNCHECKED;

/** Decides what is told of one target, from what was told and what is seen. Confined: its {@link HealthTable}. */
final class TargetJudge {
    static final int STALE_INTERVALS = 3;

    private final HealthRules rules;
    private final WaitClock waits;

    TargetJudge(HealthRules rules, WaitClock waits) {
        this.rules = rules;
        this.waits = waits;
    }

    /** A target in the list of a ready source. @param readySince from when on the source has been ready */
    void listed(TargetMemory target, boolean scraped, long readySince, Draft draft) {
        long now = draft.at().monoMillis();
        if (!scraped) {
            waiting(target, draft);
        } else if (target.still) {
            boolean hadItsChance = waits.elapsed(readySince, now) >= (long) target.interval() + target.timeout();
            if (hadItsChance) {
                unknown(target, SCRAPE_OVERDUE, draft);
            } else {
                waiting(target, draft);
            }
        } else {
            target.votedAt = now;
            vote(target, draft);
        }
    }

    /** A target in the list of a ready source, which says that nobody checks it. */
    void unchecked(TargetMemory target, Draft draft) {
        unknown(target, UNCHECKED, draft);
    }

    private static void vote(TargetMemory target, Draft draft) {
        if (target.causes == null) {
            if (!(target.health instanceof Health.Up)) {
                draft.observed(target, Health.UP);
            }
            return;
        }
        CauseKind reported = target.reported();
        Cause cause = target.causes.choose(reported);
        if (!cause.kind().equals(reported)) {
            draft.observed(target, new Health.Down(cause));
        }
    }

    /** A target that has not been scraped again yet: it keeps its last state, without a vote, and not for ever. */
    void waiting(TargetMemory target, Draft draft) {
        if (stale(target, draft.at().monoMillis())) {
            if (!(target.health instanceof Health.Unknown)) {
                unknown(target, NOT_YET_SCRAPED, draft);
            }
        } else if (target.upOrDown()) {
            draft.mute(target);
        }
    }

    /** A target of a source that cannot be seen through: it keeps its last state, and not for ever. */
    void unseen(TargetMemory target, Draft draft) {
        if ((target.upOrDown() || !target.told()) && stale(target, draft.at().monoMillis())) {
            unknown(target, SOURCE_BLIND, draft);
        }
    }

    private static void unknown(TargetMemory target, Health.UnknownWhy why, Draft draft) {
        boolean same = target.health instanceof Health.Unknown unknown && unknown.why() == why;
        if (!same) {
            draft.decided(target, new Health.Unknown(why));
        }
    }

    private boolean stale(TargetMemory target, long now) {
        long limit = Math.max(
                (long) STALE_INTERVALS * target.interval(), rules.staleAfter().toMillis());
        return waits.elapsed(target.votedAt, now) >= limit;
    }
}
