package dev.tocsin.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Decides the end of a source that is remembered but no longer configured: its targets go, its findings clear. */
public final class RemovedSource {
    private static final Health GONE = new Health.Gone(Health.GoneWhy.SOURCE_REMOVED);

    private RemovedSource() {}

    /**
     * The last batch of that source; after {@code absentFor} its keys end, at a later start.
     *
     * @param health last states of its targets, gone ones too
     * @param found its last findings, cleared ones too
     * @param observedUntil of its last watermark
     */
    public static DeltaBatch batch(
            Source source,
            Collection<HealthDelta> health,
            Collection<Finding> found,
            Instant observedUntil,
            Duration absentFor,
            long epoch,
            Moment at) {
        Instant expiry = at.wall().minus(absentFor);
        FindingBook book = new FindingBook(source.name(), source.cluster(), epoch);
        List<HealthDelta> deltas = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Tombstone> ends = new ArrayList<>();
        for (HealthDelta last : health) {
            if (!(last.to().health() instanceof Health.Gone)) {
                deltas.add(gone(last, epoch, at.wall()));
            } else if (last.to().since().isBefore(expiry)) {
                ends.add(end(last, epoch, at.wall()));
            }
        }
        for (Finding last : found) {
            if (last.open()) {
                findings.add(book.cleared(last, at.wall()));
            } else if (last.since().isBefore(expiry)) {
                ends.add(FindingBook.tombstone(last, at.wall(), epoch));
            }
        }
        return new DeltaBatch(
                source,
                SourceState.BLIND,
                SourceState.Why.NOT_ASKED,
                "no longer configured",
                epoch,
                0,
                at,
                observedUntil,
                Duration.ZERO,
                deltas,
                findings,
                ends,
                Set.of(),
                DeltaBatch.Reached.NOBODY,
                0,
                0,
                0,
                0,
                null);
    }

    private static HealthDelta gone(HealthDelta last, long epoch, Instant now) {
        HealthDelta.Evidence before = last.evidence();
        HealthDelta.Evidence evidence = new HealthDelta.Evidence(
                before.lastScrape(),
                before.lastScrapeDurationSeconds(),
                now,
                before.scrapeIntervalMillis(),
                before.scrapeTimeoutMillis());
        HealthDelta.Standing to = new HealthDelta.Standing(GONE, now);
        return new HealthDelta(last.target(), last.to(), to, evidence, epoch, last.seq() + 1, 0, false, false);
    }

    private static Tombstone end(HealthDelta last, long epoch, Instant now) {
        Source source = last.target().source();
        List<String> origin = List.of(source.cluster(), source.name());
        return new Tombstone(Stream.HEALTH, last.target().id(), origin, source.cluster(), now, epoch, last.seq() + 1);
    }
}
