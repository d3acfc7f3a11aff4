package dev.tocsin.outage;

import dev.tocsin.health.WaitClock;
import dev.tocsin.outage.Instance.Held;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * The votes on one instance. Changes nothing. Confined: its correlator.
 *
 * @param held what it is held to be so far
 */
record Votes(Held held, List<Vantage> vantages) {
    /** @param disputed votes that differ leave it open: what is held stands, and is no evidence */
    record Decision(Held held, boolean disputed) {}

    /** What they make of it now. */
    Decision count(Quorum quorum, long roundMillis, WaitClock waits, long now) {
        int up = 0;
        int down = 0;
        boolean present = false;
        boolean blindStands = false;
        boolean stoodForRound = true;
        for (Vantage vantage : vantages) {
            if (vantage.gone()) {
                continue;
            }
            present = true;
            if (!vantage.saysUp() && !vantage.saysDown()) {
                continue;
            }
            if (!vantage.sighted()) {
                blindStands = true;
                continue;
            }
            stoodForRound &= waits.elapsed(vantage.votesSince(), now) >= roundMillis;
            if (vantage.saysDown()) {
                down++;
            } else if (!outvotedInItsSource(vantage)) {
                up++;
            }
        }
        if (!present || leftSinceSeen(Vantage::sighted)) {
            return new Decision(Held.GONE, false);
        }
        if (up == 0 && down == 0) {
            return new Decision(blindStands ? stands() : Held.UNKNOWN, false);
        }
        boolean disputed = up > 0 && down > 0 && (quorum == Quorum.ALL || quorum == Quorum.MAJORITY && down == up);
        return new Decision(held(quorum, up, down, stoodForRound), disputed);
    }

    /**
     * Whether a vantage lost it after all that look no more had last seen it: in a rollout while one twin is blind, what
     * that one remembers would be expected for as long as it is blind. Who moved to the blind one had left the other before.
     */
    boolean leftSinceSeen(Predicate<Vantage> looksNow) {
        Instant left = Instant.EPOCH;
        Instant seen = Instant.EPOCH;
        for (Vantage vantage : vantages) {
            if (!vantage.gone()) {
                if (looksNow.test(vantage)) {
                    return false;
                }
                seen = later(seen, vantage.sight.seenUntil);
            } else if (!vantage.sourceRemoved()) {
                left = later(left, vantage.since);
            }
        }
        return left.isAfter(seen);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Held held(Quorum quorum, int up, int down, boolean stoodForRound) {
        if (up == 0) {
            return Held.DOWN;
        }
        if (down == 0) {
            return Held.UP;
        }
        /* Twins scrape at different moments: while votes differ the held state stands, and only what has stood for a
         * round on both sides is a disagreement. */
        Held differing = stoodForRound ? Held.DISAGREEING : stands();
        return switch (quorum) {
            case ANY -> Held.DOWN;
            case MAJORITY -> down > up ? Held.DOWN : up > down ? Held.UP : differing;
            case ALL -> differing;
        };
    }

    private Held stands() {
        return held == Held.GONE ? Held.UNKNOWN : held;
    }

    /* One source that has the instance twice (the same labels, two targets) has one vote: the worst of both. */
    private boolean outvotedInItsSource(Vantage up) {
        if (vantages.size() == 1) {
            return false;
        }
        for (Vantage other : vantages) {
            if (other != up && other.sight == up.sight && !other.gone() && !other.saysUp()) {
                return true;
            }
        }
        return false;
    }
}
