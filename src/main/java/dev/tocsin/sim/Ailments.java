package dev.tocsin.sim;

import dev.tocsin.scenario.Sickness;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** What is the matter with one simulated server, of whatever kind, and what it answers for that. Confined: its server. */
final class Ailments {
    private final EnumSet<Sickness> sick = EnumSet.noneOf(Sickness.class);
    private final Reply unauthorized;
    private long skewMillis;

    /** @param unauthorized what its kind answers who may not ask */
    Ailments(Reply unauthorized) {
        this.unauthorized = unauthorized;
    }

    boolean has(Sickness sickness) {
        return sick.contains(sickness);
    }

    void add(Sickness sickness) {
        sick.add(sickness);
    }

    void remove(Sickness sickness) {
        sick.remove(sickness);
    }

    void clear() {
        sick.clear();
    }

    void skew(long millis) {
        skewMillis = millis;
    }

    long skewMillis() {
        return skewMillis;
    }

    /** What its own clock says. */
    long clock(long nowMillis) {
        return nowMillis + skewMillis;
    }

    /** What anybody gets, whatever he asks; null when that depends on the kind of server. */
    @Nullable
    Reply answer() {
        if (has(Sickness.BLIND)) {
            return new Reply.Closed();
        } else if (has(Sickness.HANGS)) {
            return new Reply.NotYet();
        } else if (has(Sickness.UNAUTHORIZED)) {
            return unauthorized;
        }
        return has(Sickness.BROKEN) ? Reply.text(500, "Internal Server Error\n") : null;
    }
}
