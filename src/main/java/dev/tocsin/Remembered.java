package dev.tocsin;

import dev.tocsin.bus.Restored;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.RemovedSource;
import dev.tocsin.health.Source;
import dev.tocsin.health.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the log remembers, source by source: what each poller goes on from, and how sources end that are no longer
 * configured. Confined: the node's start.
 */
final class Remembered {
    private final Map<String, Map<String, HealthDelta>> health = new HashMap<>();
    private final Map<String, Map<String, Finding>> findings = new HashMap<>();
    private final Map<String, Instant> observedUntil = new HashMap<>();
    private final Set<Source> sources = new LinkedHashSet<>();
    private final long epoch;

    Remembered(Restored restored) {
        epoch = restored.epoch();
        for (HealthDelta delta : restored.health()) {
            keep(delta);
            sources.add(delta.target().source());
        }
        for (Finding finding : restored.findings()) {
            if (!finding.kind().ofCluster()) {
                keep(finding);
            }
        }
        for (Watermark watermark : restored.watermarks()) {
            observedUntil.put(watermark.source().name(), watermark.observedUntil());
            sources.add(watermark.source());
        }
    }

    /**
     * The last batches of sources that are not among those configured. A source that has moved to another cluster ends
     * there: its targets are gone in the old world, and its poller goes on from that.
     */
    List<DeltaBatch> end(Collection<Source> configured, Duration absentFor, Moment now) {
        List<DeltaBatch> batches = new ArrayList<>();
        Set<Source> removed = new LinkedHashSet<>(sources);
        removed.removeAll(new HashSet<>(configured));
        for (Source source : removed) {
            List<HealthDelta> targets = health(source.name()).stream()
                    .filter(delta -> delta.target().source().equals(source))
                    .toList();
            List<Finding> found = findings(source.name()).stream()
                    .filter(finding -> finding.cluster().equals(source.cluster()))
                    .toList();
            DeltaBatch batch =
                    RemovedSource.batch(source, targets, found, observedUntil(source.name()), absentFor, epoch, now);
            if (!batch.deltas().isEmpty()
                    || !batch.findings().isEmpty()
                    || !batch.tombstones().isEmpty()) {
                apply(batch);
                batches.add(batch);
            }
        }
        return batches;
    }

    Collection<HealthDelta> health(String source) {
        return health.getOrDefault(source, Map.of()).values();
    }

    Collection<Finding> findings(String source) {
        return findings.getOrDefault(source, Map.of()).values();
    }

    /** Up to when that source was seen through; the start of the epoch 1970 when never. */
    Instant observedUntil(String source) {
        return observedUntil.getOrDefault(source, Instant.EPOCH);
    }

    private void apply(DeltaBatch batch) {
        batch.deltas().forEach(this::keep);
        batch.findings().forEach(this::keep);
        batch.tombstones().forEach(end -> {
            health.getOrDefault(end.source(), new HashMap<>()).remove(end.key());
            findings.getOrDefault(end.source(), new HashMap<>()).remove(end.key());
        });
    }

    private void keep(HealthDelta delta) {
        health.computeIfAbsent(delta.target().source().name(), name -> new LinkedHashMap<>())
                .put(delta.target().id(), delta);
    }

    private void keep(Finding finding) {
        findings.computeIfAbsent(finding.source(), name -> new LinkedHashMap<>())
                .put(finding.key(), finding);
    }
}
