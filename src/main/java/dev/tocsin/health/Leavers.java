package dev.tocsin.health;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Who of one source's targets is no longer listed, and for how long. Confined: its {@link HealthTable}. */
final class Leavers {
    private final Source source;
    private final Ledger ledger;
    private final TargetJudge judge;
    private final PoolList pools;
    private final WaitClock waits;
    private boolean anyAbsent;

    Leavers(Source source, Ledger ledger, TargetJudge judge, PoolList pools, WaitClock waits) {
        this.source = source;
        this.ledger = ledger;
        this.judge = judge;
        this.pools = pools;
        this.waits = waits;
    }

    /**
     * Looks for targets that are no longer listed.
     *
     * @param hidden whether its server may not have listed all of them yet
     * @param poll that was looked at
     * @param life of the server
     * @return the jobs of which some are gone as of now
     */
    Set<String> look(Look look, boolean hidden, long poll, int life, Draft draft) {
        Set<String> jobs = new HashSet<>();
        int listedOrGone = look.seen.size() + ledger.census().gone() - look.goneSeen();
        anyAbsent = ledger.targets().size() > listedOrGone;
        if (!anyAbsent) {
            return jobs;
        }
        long now = draft.at().monoMillis();
        for (Iterator<TargetMemory> each = ledger.targets().iterator(); each.hasNext(); ) {
            TargetMemory target = each.next();
            if (target.seenPoll == poll || target.gone() || hidden) {
                target.absentPolls = target.gone() ? target.absentPolls : 0;
                if (target.seenPoll != poll && !target.gone()) {
                    judge.waiting(target, draft); // nobody can say whether it left, nor how it is
                }
                continue;
            }
            GoneRule rule = absent(target, now);
            if (rule == GoneRule.WAIT) {
                if (target.life != life) {
                    judge.waiting(target, draft); // its server started again, its pool may not be filled yet
                }
            } else if (target.told()) {
                draft.decided(target, rule.health(source.kind(), target.target.pool()));
                if (rule == GoneRule.LEFT_DISCOVERY) {
                    jobs.add(target.target.job());
                }
            } else {
                each.remove();
            }
        }
        return jobs;
    }

    private GoneRule absent(TargetMemory target, long now) {
        if (target.absentPolls++ == 0) {
            target.absentSince = now;
        }
        long absentMillis = waits.elapsed(target.absentSince, now);
        return GoneRule.judge(target.absentPolls, absentMillis, pools.of(target.target.pool()));
    }

    /** What was counted so far does not go on. */
    void recount() {
        if (anyAbsent) {
            ledger.targets().forEach(target -> target.absentPolls = target.gone() ? target.absentPolls : 0);
            anyAbsent = false;
        }
    }
}
