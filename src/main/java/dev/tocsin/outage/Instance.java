package dev.tocsin.outage;

import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One instance of a job, seen from any number of vantages, and what we hold it to be. Confined: its correlator. */
final class Instance {
    /** What we hold an instance to be, over its vantages. */
    enum Held {
        UP,
        DOWN,
        UNKNOWN,
        /** Sighted vantages have contradicted each other for a round. */
        DISAGREEING,
        GONE
    }

    final String name;
    final List<Vantage> vantages = new ArrayList<>(1);
    Held held = Held.UNKNOWN;

    /** Whether it left, and was down when last it was known. */
    boolean leftDown;

    /** Whether it was down when last it was known to be up or down. */
    private boolean knownDown;

    /** Whether it has been down in the outage that stands. */
    boolean member;

    /** Whether votes that differ left the last decision open: then what it is held to be stands, and is no evidence. */
    boolean disputed;

    private FlapScore flaps = FlapScore.CALM;

    /** Monotonic; when we last changed our mind between up and down. */
    long changedAt;

    Instance(String name) {
        this.name = name;
    }

    /** The vantage of a target, made when it is not there yet. */
    Vantage vantage(Sight sight, Target target) {
        for (Vantage vantage : vantages) {
            if (vantage.targetId.equals(target.id())) {
                return vantage;
            }
        }
        Vantage vantage = new Vantage(sight, target);
        vantages.add(vantage);
        return vantage;
    }

    /** @param disputed votes that differ leave it open: what is held stands, and is no evidence */
    record Decision(Held held, boolean disputed) {}

    /** What the votes make of it now; changes nothing. */
    Decision decide(Quorum quorum, long roundMillis, WaitClock waits, long now) {
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
        return new Decision(count(quorum, up, down, stoodForRound), disputed);
    }

    /* A rollout while one twin is blind: what that one remembers would be expected for as long as it is blind. The latest
     * look decides; who moved to the blind one had left the other before. */
    private boolean leftSinceSeen(Predicate<Vantage> looksNow) {
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

    /** What it was held to be when the log ended. */
    Held remembered() {
        if (vantages.stream().allMatch(Vantage::gone) || leftSinceSeen(vantage -> false)) {
            return Held.GONE;
        }
        if (vantages.stream().anyMatch(Vantage::saysUp)) {
            return Held.UP;
        }
        return vantages.stream().anyMatch(Vantage::saysDown) ? Held.DOWN : Held.UNKNOWN;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Takes it that nothing is down any more; true when it left, and nobody reports it. */
    boolean forgotten() {
        leftDown = false;
        return held == Held.GONE && vantages.stream().allMatch(Vantage::gone);
    }

    private Held count(Quorum quorum, int up, int down, boolean stoodForRound) {
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

    /** Whether no vantage that still reports it has a vote now. */
    boolean blind() {
        if (held == Held.GONE) {
            return false;
        }
        boolean present = false;
        for (Vantage vantage : vantages) {
            if (!vantage.gone()) {
                present = true;
                if (vantage.sighted()) {
                    return false;
                }
            }
        }
        return present;
    }

    /** Whether it is held down, with a vote that says so now. */
    boolean downInSight() {
        if (held == Held.DOWN) {
            for (Vantage vantage : vantages) {
                if (vantage.sighted() && vantage.saysDown()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What its sources say of it for sure. */
    enum Said {
        UP,
        DOWN,
        /** Its sources have no vote now, or their votes differ. */
        UNDECIDED,
        UNKNOWN
    }

    Said said(long now) {
        if (held != Held.UP && held != Held.DOWN || flapping(now)) {
            return Said.UNKNOWN;
        }
        boolean voted = held == Held.DOWN ? downInSight() : upInSight();
        return disputed || !voted ? Said.UNDECIDED : held == Held.DOWN ? Said.DOWN : Said.UP;
    }

    private boolean upInSight() {
        for (Vantage vantage : vantages) {
            if (vantage.sighted() && vantage.saysUp()) {
                return true;
            }
        }
        return false;
    }

    /** Whether another, that is down, has been so for long enough for this one to have been looked at since. */
    boolean lookedAtSince(Instance down, WaitClock waits, long now) {
        long round = JobView.roundMillis(List.of(this));
        for (Vantage vantage : down.vantages) {
            if (vantage.sighted() && vantage.saysDown() && waits.elapsed(vantage.votesSince(), now) >= round) {
                return true;
            }
        }
        return false;
    }

    /** Whether its state has stood for a round, so over a second scrape, while its sources voted. */
    boolean stoodFor(long roundMillis, WaitClock waits, long now) {
        for (Vantage vantage : vantages) {
            if (vantage.sighted() && waits.elapsed(vantage.votesSince(), now) < roundMillis) {
                return false;
            }
        }
        return true;
    }

    /** The earliest evidence of the vantages that agree with what it is held to be; null when none does. */
    @Nullable
    Instant since() {
        Instant earliest = null;
        for (Vantage vantage : vantages) {
            boolean agrees = held == Held.DOWN ? vantage.saysDown() : vantage.saysUp();
            if (agrees && (earliest == null || vantage.since.isBefore(earliest))) {
                earliest = vantage.since;
            }
        }
        return earliest;
    }

    /** Takes what was decided. */
    void take(Decision decision, long now) {
        disputed = decision.disputed();
        if (decision.held() != held) {
            hold(decision.held(), now);
        }
    }

    private void hold(Held decided, long now) {
        boolean flips = decided == Held.UP && held == Held.DOWN || decided == Held.DOWN && held == Held.UP;
        if (flips) {
            flaps = flaps.changedAfter(scrapes(changedAt, now));
            changedAt = now;
        }
        knownDown = switch (decided) {
            case DOWN -> true;
            case UP, DISAGREEING -> false;
            case UNKNOWN, GONE -> knownDown;
        };
        leftDown = decided == Held.GONE && (leftDown || knownDown);
        held = decided;
    }

    /** Takes what the log remembers. */
    void restore(Held remembered, boolean down) {
        held = remembered;
        knownDown = down;
        leftDown = remembered == Held.GONE && (leftDown || down);
    }

    /** Whether it changes so often that neither its up nor its down is to be believed. */
    boolean flapping(long now) {
        return flaps.flappingAfter(scrapes(changedAt, now));
    }

    private long scrapes(long from, long to) {
        int interval = 0;
        for (Vantage vantage : vantages) {
            interval = Math.max(interval, vantage.intervalMillis);
        }
        return (to - from) / Math.max(1_000, interval);
    }
}
