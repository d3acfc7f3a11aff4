package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.SourceState.Why;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The targets of one round, from one answer or from one per pool. Confined: its decoders, one after another. */
final class TargetList {
    private static final int BAD_SHARE = 100;

    private final PrometheusTargets owner;
    private final KnownTargets known;
    private final long answer;
    private final List<Observation> observations = new ArrayList<>();
    private int listed;
    private int merged;
    private int bad;
    private int overlong;
    private @Nullable String firstBad;

    TargetList(PrometheusTargets owner, KnownTargets known) {
        this.owner = owner;
        this.known = known;
        this.answer = known.begin();
    }

    /** Targets named so far, readable or not. */
    int listed() {
        return listed;
    }

    /** Another target is named. */
    void next() {
        listed++;
    }

    /** A target of a wrong shape. */
    void bad(String what) {
        bad++;
        firstBad = firstBad == null ? what : firstBad;
    }

    /** A target whose identity is longer than our limits. */
    void overlong() {
        overlong++;
    }

    /** What is said of a target; of two words on one target the worse counts. */
    void add(KnownTarget target, Observation observation) {
        if (target.answer != answer) {
            target.answer = answer;
            target.index = observations.size();
            observations.add(observation);
        } else {
            merged++;
            observations.set(target.index, worse(observations.get(target.index), observation));
        }
    }

    /** What is known so far. */
    List<Observation> observations() {
        return observations;
    }

    /** The whole list. A few bad targets are left out; more than one in a hundred, and the list is refused. */
    List<Observation> close() throws AnswerRefused {
        if ((long) bad * BAD_SHARE > listed) {
            throw new AnswerRefused(Why.MALFORMED, firstBad + "; " + bad + " of " + listed + " targets are unreadable");
        }
        if (overlong > 0 && observations.isEmpty()) {
            throw new AnswerRefused(Why.LIMIT, "the labels or URLs of all " + overlong + " targets are overlong");
        }
        owner.count(bad + overlong, merged);
        known.end(observations.size());
        return observations;
    }

    /** Down before unknown before up; of equals the one that was looked at last, so that the order does not matter. */
    private static Observation worse(Observation a, Observation b) {
        int byReading = rank(a.reading()) - rank(b.reading());
        if (byReading != 0) {
            return byReading > 0 ? a : b;
        }
        return a.lastScrapeMillis() >= b.lastScrapeMillis() ? a : b;
    }

    private static int rank(Observation.Reading reading) {
        return switch (reading) {
            case UP -> 0;
            case UNKNOWN, UNCHECKED -> 1;
            case DOWN -> 2;
        };
    }
}
