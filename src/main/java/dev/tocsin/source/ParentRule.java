package dev.tocsin.source;

import dev.tocsin.health.Observation.Reading;
import java.util.List;

/**
 * What becomes of the requests that a parent has for one of its children, with the reason. Pure.
 *
 * <p>It rests on what is believed of the servers, and never on what the API calls a service (facts/traefik.md section 6,
 * propagation): the API says nothing of a parent. Highest random weight is judged as weighted, its nearest relative: both
 * keep a child that is down unless they have a {@code healthCheck}, and differ in whom they lead to it only.
 */
enum ParentRule {
    /** The child answers. */
    SERVED(Reading.UP),
    /** The child gets nothing now, as it is down or stands in reserve; another answers. */
    TAKEN_OVER(Reading.UP),
    /** The child is down and gets its share all the same. */
    DEAD_SHARE(Reading.DOWN),
    /** All who could answer are down. */
    NOBODY_LEFT(Reading.DOWN),
    /** Nobody checks who would answer. */
    UNCHECKED(Reading.UNCHECKED),
    /** Who would answer has not been looked at yet. */
    UNPROVEN(Reading.UNKNOWN);

    final Reading reading;

    ParentRule(Reading reading) {
        this.reading = reading;
    }

    /** @param children what is believed of each, in the order of the composition */
    static ParentRule judge(Composition parent, List<Reading> children, int child) {
        return switch (parent.form()) {
            case WEIGHTED, HIGHEST_RANDOM_WEIGHT ->
                parent.dropsTheDead() ? anyOf(children, child) : alone(children.get(child));
            case FAILOVER, MIRRORING -> firstOf(children, child);
        };
    }

    private static ParentRule alone(Reading child) {
        return child == Reading.DOWN ? DEAD_SHARE : of(child);
    }

    private static ParentRule anyOf(List<Reading> children, int child) {
        if (children.contains(Reading.UP)) {
            return children.get(child) == Reading.UP ? SERVED : TAKEN_OVER;
        }
        return of(worst(children));
    }

    /* The first that is not down gets all, whatever is known of it. */
    private static ParentRule firstOf(List<Reading> children, int child) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) == Reading.UP) {
                return i == child ? SERVED : TAKEN_OVER;
            } else if (children.get(i) != Reading.DOWN) {
                return of(children.get(i));
            }
        }
        return NOBODY_LEFT;
    }

    private static ParentRule of(Reading reading) {
        return switch (reading) {
            case UP -> SERVED;
            case DOWN -> NOBODY_LEFT;
            case UNKNOWN -> UNPROVEN;
            case UNCHECKED -> UNCHECKED;
        };
    }

    /** Of some of which none is known to be up: down when all are. */
    static Reading worst(List<Reading> parts) {
        if (parts.isEmpty() || parts.contains(Reading.UNCHECKED)) {
            return Reading.UNCHECKED;
        }
        return parts.contains(Reading.UNKNOWN) ? Reading.UNKNOWN : Reading.DOWN;
    }
}
