package dev.tocsin.correlate;

import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Restored;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Correlator;
import dev.tocsin.outage.Decided;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.RuleBook;
import dev.tocsin.outage.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The correlators of a node, one per cluster. Confined: its event loop.
 *
 * <p>One verticle for all of them, and not one each: the default is a cluster per source, and a bus that hands every
 * batch of 1,000 sources to 1,000 consumers does nothing else.
 */
public final class CorrelatorVerticle extends DecidingVerticle {
    private final RuleBook rules;
    private final long epoch;
    private final Map<String, Correlator> byCluster = new HashMap<>();
    private final Counter deltas;
    private final Counter versions;

    /** @param restored what the log remembers, of all clusters; nothing of it votes before its source has answered */
    public CorrelatorVerticle(RuleBook rules, Restored restored, MeterRegistry meters, Clock clock) {
        super(clock);
        this.rules = rules;
        this.epoch = restored.epoch();
        this.deltas = meters.counter("tocsin.correlator.deltas");
        this.versions = meters.counter("tocsin.correlator.outage.versions");
        restore(restored, clock.now());
    }

    private void restore(Restored restored, Moment now) {
        Map<String, Remembered> parts = new HashMap<>();
        for (HealthDelta delta : restored.health()) {
            part(parts, delta.target().source().cluster()).health.add(delta);
        }
        for (Outage outage : restored.outages()) {
            if (outage.scope() instanceof Scope.Job) {
                part(parts, outage.scope().cluster()).outages.add(outage);
            }
        }
        for (Finding finding : restored.findings()) {
            if (finding.kind().ofCluster() && finding.subject().containsKey("job")) {
                part(parts, finding.cluster()).findings.add(finding);
            }
        }
        for (Watermark watermark : restored.watermarks()) {
            part(parts, watermark.source().cluster()).watermarks.add(watermark);
        }
        parts.forEach((cluster, part) ->
                correlator(cluster).restore(part.health, part.outages, part.findings, part.watermarks, now));
    }

    /** What the log remembers of one cluster. */
    private static final class Remembered {
        final List<HealthDelta> health = new ArrayList<>();
        final List<Outage> outages = new ArrayList<>();
        final List<Finding> findings = new ArrayList<>();
        final List<Watermark> watermarks = new ArrayList<>();
    }

    private static Remembered part(Map<String, Remembered> parts, String cluster) {
        return parts.computeIfAbsent(cluster, of -> new Remembered());
    }

    private Correlator correlator(String cluster) {
        return byCluster.computeIfAbsent(cluster, of -> new Correlator(of, rules, waits, epoch));
    }

    @Override
    Decided batch(DeltaBatch batch) {
        deltas.increment(batch.deltas().size());
        return counted(correlator(batch.source().cluster()).batch(batch));
    }

    @Override
    Decided tick(Moment now) {
        List<Outage> outages = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Tombstone> tombstones = new ArrayList<>();
        for (Correlator correlator : byCluster.values()) {
            Decided decided = correlator.tick(now);
            outages.addAll(decided.outages());
            findings.addAll(decided.findings());
            tombstones.addAll(decided.tombstones());
        }
        return counted(new Decided(outages, findings, tombstones));
    }

    private Decided counted(Decided decided) {
        versions.increment(decided.outages().size());
        return decided;
    }
}
