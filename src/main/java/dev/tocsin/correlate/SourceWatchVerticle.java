package dev.tocsin.correlate;

import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Restored;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.outage.Decided;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.SourceWatch;
import java.util.Collection;

/** The source watch of a node. Confined: its event loop. */
public final class SourceWatchVerticle extends DecidingVerticle {
    private final SourceWatch watch;

    /**
     * @param sources those configured
     * @param rules the defaults; of them it takes how soon a suspicion is confirmed
     */
    public SourceWatchVerticle(
            Collection<Source> sources, String node, OutageRules rules, Restored restored, Clock clock) {
        super(clock);
        watch = new SourceWatch(sources, node, rules, waits, restored.epoch());
        watch.restore(restored.health(), restored.outages(), restored.findings(), restored.watermarks());
    }

    @Override
    Decided batch(DeltaBatch batch) {
        return watch.batch(batch);
    }

    @Override
    Decided tick(Moment now) {
        return watch.tick(now);
    }
}
