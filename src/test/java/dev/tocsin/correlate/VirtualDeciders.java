package dev.tocsin.correlate;

import dev.tocsin.bus.Restored;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.outage.Decided;
import dev.tocsin.outage.RuleBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;
import java.util.List;

/** The production correlators and the source watch of a node, in virtual time and without a bus. */
public final class VirtualDeciders {
    private static final MeterRegistry NOWHERE = new CompositeMeterRegistry();

    private final List<DecidingVerticle> deciders;

    public VirtualDeciders(Collection<Source> sources, String node, RuleBook rules, Restored restored, Moment now) {
        deciders = List.of(
                new CorrelatorVerticle(rules, restored, NOWHERE, () -> now),
                new SourceWatchVerticle(sources, node, rules.general(), restored, () -> now));
        beat(now);
    }

    public void beat(Moment now) {
        deciders.forEach(decider -> decider.waits.beat(now.monoMillis()));
    }

    public List<Decided> batch(DeltaBatch batch) {
        return deciders.stream().map(decider -> decider.batch(batch)).toList();
    }

    public List<Decided> tick(Moment now) {
        return deciders.stream().map(decider -> decider.tick(now)).toList();
    }
}
