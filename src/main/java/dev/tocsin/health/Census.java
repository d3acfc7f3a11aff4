package dev.tocsin.health;

import org.jspecify.annotations.Nullable;

/** How many targets of a source have been told to be how. Confined: its owner. */
final class Census {
    private int targets;
    private int down;
    private int unknown;
    private int gone;

    Census() {}

    Census(Census other) {
        targets = other.targets;
        down = other.down;
        unknown = other.unknown;
        gone = other.gone;
    }

    /** Counts a change; null is a target of which nothing has been told. */
    void change(@Nullable Health from, @Nullable Health to) {
        count(from, -1);
        count(to, 1);
    }

    private void count(@Nullable Health health, int by) {
        if (health == null) {
            return;
        }
        if (health instanceof Health.Gone) {
            gone += by;
            return;
        }
        targets += by;
        down += health instanceof Health.Down ? by : 0;
        unknown += health instanceof Health.Unknown ? by : 0;
    }

    /** Those told, without those gone. */
    int targets() {
        return targets;
    }

    int down() {
        return down;
    }

    int unknown() {
        return unknown;
    }

    int gone() {
        return gone;
    }
}
