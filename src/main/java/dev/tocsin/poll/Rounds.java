package dev.tocsin.poll;

import dev.tocsin.health.WaitClock;
import java.time.Duration;

/** What a round that has ended is worth, and when the next one is. Confined: its poller; pure, time is an argument. */
final class Rounds {
    /* A machine that stalls in every round still has to say something in the end. */
    private static final int VOID_MAX = 3;

    private final Schedule schedule;
    private final WaitClock waits;
    private int voided;

    Rounds(Schedule schedule, WaitClock waits) {
        this.schedule = schedule;
        this.waits = waits;
    }

    /**
     * The end of a round.
     *
     * @param counts false when we stalled in it: its answer, or the lack of one, says nothing
     */
    record Ended(boolean counts, Plan next) {}

    Plan first(long now, int sources) {
        return schedule.first(now, sources);
    }

    /** How long the next round may take. */
    Duration deadline() {
        return schedule.deadline();
    }

    Ended ended(Outcome outcome, long started, long now) {
        if (waits.stalledSince(started) && ++voided <= VOID_MAX) {
            return new Ended(false, schedule.next(new Outcome.Void(), started, now));
        }
        voided = 0;
        return new Ended(true, schedule.next(outcome, started, now));
    }
}
