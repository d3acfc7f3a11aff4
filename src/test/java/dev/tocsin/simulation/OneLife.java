package dev.tocsin.simulation;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Correlator;
import dev.tocsin.outage.Decided;
import dev.tocsin.outage.SourceWatch;
import dev.tocsin.wire.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One process of ours, from its start to its death: the production tables, correlator and watch on one clock. */
final class OneLife {
    private final long epoch;
    private final Journal journal;
    private final Settings settings;
    private final WaitClock waits = new WaitClock();
    private final Map<String, HealthTable> tables = new LinkedHashMap<>();
    private final Map<String, Correlator> correlators = new LinkedHashMap<>();
    private final SourceWatch watch;
    private long poll;

    OneLife(long epoch, Settings settings, List<Source> sources, Journal journal, Moment now) {
        this.epoch = epoch;
        this.journal = journal;
        this.settings = settings;
        waits.beat(now.monoMillis());
        Journal.Remembered remembered = journal.read();
        sources.forEach(source ->
                correlators.computeIfAbsent(source.cluster(), cluster -> correlator(cluster, remembered, now)));
        watch = new SourceWatch(sources, "node", settings.rules().general(), waits, epoch);
        watch.restore(
                remembered.health.values(),
                remembered.outages.values(),
                remembered.findings.values(),
                remembered.watermarks.values());
        sources.forEach(source -> tables.put(source.name(), table(source, remembered)));
    }

    private Correlator correlator(String cluster, Journal.Remembered remembered, Moment now) {
        Correlator correlator = new Correlator(cluster, settings.rules(), waits, epoch);
        correlator.restore(
                remembered.health.values().stream()
                        .filter(delta -> delta.target().source().cluster().equals(cluster))
                        .toList(),
                remembered.outages.values().stream()
                        .filter(outage -> outage.scope().cluster().equals(cluster))
                        .toList(),
                remembered.findings.values().stream()
                        .filter(finding -> finding.kind().ofCluster()
                                && finding.cluster().equals(cluster)
                                && finding.subject().containsKey("job"))
                        .toList(),
                remembered.watermarks.values().stream()
                        .filter(watermark -> watermark.source().cluster().equals(cluster))
                        .toList(),
                now);
        return correlator;
    }

    private HealthTable table(Source source, Journal.Remembered remembered) {
        HealthTable table = new HealthTable(source, settings.health(), settings.causes(), waits, epoch);
        Watermark watermark = remembered.watermarks.get(source.name());
        Collection<HealthDelta> own = remembered.health.values().stream()
                .filter(delta -> delta.target().source().equals(source))
                .toList();
        List<Finding> found = remembered.findings.values().stream()
                .filter(finding -> finding.source().equals(source.name())
                        && !finding.kind().ofCluster())
                .toList();
        table.restore(own, found, watermark == null ? Instant.EPOCH : watermark.observedUntil());
        return table;
    }

    void beat(Moment now) {
        waits.beat(now.monoMillis());
    }

    long nextPoll() {
        return ++poll;
    }

    void polled(Source source, PollResult result, Duration interval) {
        HealthTable table = tables.get(source.name());
        if (table == null) {
            throw new IllegalStateException("no table of " + source.name());
        }
        DeltaBatch batch = table.poll(result, interval);
        batch.deltas().forEach(delta -> journal.append(new Event.OfHealth(delta)));
        batch.findings().forEach(finding -> journal.append(new Event.OfFinding(finding)));
        batch.tombstones().forEach(tombstone -> journal.append(new Event.OfTombstone(tombstone)));
        journal.append(new Event.OfWatermark(new Watermark(
                batch.source(),
                batch.state(),
                batch.why(),
                batch.observedUntil(),
                batch.targets(),
                batch.down(),
                batch.unknown(),
                epoch,
                poll)));
        Correlator correlator = correlators.get(source.cluster());
        take(correlator.batch(batch));
        take(watch.batch(batch));
    }

    void tick(Moment now) {
        correlators.values().forEach(correlator -> take(correlator.tick(now)));
        take(watch.tick(now));
    }

    private void take(Decided decided) {
        decided.outages().forEach(outage -> journal.append(new Event.OfOutage(outage)));
        decided.findings().forEach(finding -> journal.append(new Event.OfFinding(finding)));
        decided.tombstones().forEach(tombstone -> journal.append(new Event.OfTombstone(tombstone)));
    }
}
