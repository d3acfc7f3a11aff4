package dev.tocsin.outage;

import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /** What the votes make of it now; changes nothing. */
    Votes.Decision decide(Quorum quorum, long roundMillis, WaitClock waits, long now) {
        return new Votes(held, vantages).count(quorum, roundMillis, waits, now);
    }

    /** What it was held to be when the log ended. */
    Held remembered() {
        if (vantages.stream().allMatch(Vantage::gone) || new Votes(held, vantages).leftSinceSeen(vantage -> false)) {
            return Held.GONE;
        }
        if (vantages.stream().anyMatch(Vantage::saysUp)) {
            return Held.UP;
        }
        return vantages.stream().anyMatch(Vantage::saysDown) ? Held.DOWN : Held.UNKNOWN;
    }

    /** Takes it that nothing is down any more; true when it left, and nobody reports it. */
    boolean forgotten() {
        leftDown = false;
        return held == Held.GONE && vantages.stream().allMatch(Vantage::gone);
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

    /** Whether another, that is held down, has been so for long enough for this one to have been looked at since, in sight. */
    boolean lookedAtSince(Instance down, WaitClock waits, long now) {
        long sight = Long.MAX_VALUE;
        for (Vantage vantage : vantages) {
            if (vantage.sighted() && bearsOut(vantage)) {
                sight = Math.min(sight, vantage.sight.looksSince());
            }
        }
        long round = JobView.roundMillis(List.of(this));
        for (Vantage vantage : down.vantages) {
            if (vantage.saysDown() && waits.elapsed(Math.max(sight, vantage.votesSince()), now) >= round) {
                return true;
            }
        }
        return false;
    }

    private boolean bearsOut(Vantage vantage) {
        return switch (held) {
            case UP -> vantage.saysUp();
            case DOWN -> vantage.saysDown();
            case UNKNOWN, GONE, DISAGREEING -> true;
        };
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
    void take(Votes.Decision decision, long now) {
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
