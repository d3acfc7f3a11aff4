package dev.tocsin.kafka;

import dev.tocsin.health.Cause;
import dev.tocsin.health.Finding;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.HealthDelta.Standing;
import dev.tocsin.health.Target;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.Event;
import java.util.List;
import java.util.Map;

/** A record without the fields that may be long: what is left when a topic refuses its size. Pure. */
final class Shortened {
    private static final int TEXT_MAX = 200;

    private Shortened() {}

    /** The record without its long fields; the same one when it has none. */
    static Event of(Event event) {
        if (event instanceof Event.OfHealth of) {
            return new Event.OfHealth(health(of.delta()));
        } else if (event instanceof Event.OfOutage of) {
            return new Event.OfOutage(outage(of.outage()));
        } else if (event instanceof Event.OfFinding of) {
            return new Event.OfFinding(finding(of.finding()));
        }
        return event;
    }

    private static HealthDelta health(HealthDelta delta) {
        Target target = delta.target();
        return new HealthDelta(
                new Target(
                        target.id(),
                        target.source(),
                        cut(target.job()),
                        cut(target.instance()),
                        cut(target.pool()),
                        cut(target.url()),
                        Map.of()),
                delta.from() == null ? null : standing(delta.from()),
                standing(delta.to()),
                delta.evidence(),
                delta.epoch(),
                delta.seq(),
                delta.coalesced(),
                delta.snapshot(),
                true);
    }

    private static Standing standing(Standing standing) {
        if (standing.health() instanceof Health.Down down) {
            Cause cause = down.cause();
            return new Standing(
                    new Health.Down(new Cause(cause.kind(), cut(cause.detail()), cause.remedy())), standing.since());
        }
        return standing;
    }

    /* The numbers stay: members.downTotal says how many are not listed. */
    private static Outage outage(Outage o) {
        Outage.Members members = new Outage.Members(List.of(), o.members().downTotal(), List.of(), List.of());
        return new Outage(
                o.id(),
                o.version(),
                o.change(),
                o.reason(),
                o.scope(),
                o.verdict(),
                o.sole(),
                o.flapping(),
                o.flapScore(),
                o.suppressedBy(),
                o.parent(),
                List.of(),
                o.startedAt(),
                o.openedAt(),
                o.changedAt(),
                o.resolvedAt(),
                o.endedBetween(),
                o.counts(),
                o.expectedAtOnset(),
                o.share(),
                o.cause(),
                o.causes(),
                o.vantages(),
                members,
                cut(o.detail()),
                new BothViews(o.both().impact(), List.of(), o.both().joinedTotal()),
                o.epoch(),
                o.seq());
    }

    private static Finding finding(Finding f) {
        return new Finding(
                f.key(),
                f.kind(),
                f.source(),
                f.cluster(),
                f.subject(),
                f.open(),
                f.since(),
                cut(f.detail()),
                f.remedy(),
                f.epoch(),
                f.seq());
    }

    private static String cut(String whole) {
        return whole.length() <= TEXT_MAX ? whole : whole.substring(0, TEXT_MAX);
    }
}
