package dev.tocsin.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link DeltaBatch} that is being decided. Confined: one poll of its {@link HealthTable}. */
final class Draft {
    private final Source source;
    private final long epoch;
    private final PollResult result;
    private final Census census;
    private final List<HealthDelta> deltas = new ArrayList<>();
    private final List<Tombstone> tombstones = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> mute = new HashSet<>();

    Draft(Source source, long epoch, PollResult result, Census before) {
        this.source = source;
        this.epoch = epoch;
        this.result = result;
        this.census = new Census(before);
    }

    Moment at() {
        return result.at();
    }

    /** A target is up or down, as its scrapes say: since the first of them, never before the state that it ends. */
    void observed(TargetMemory target, Health to) {
        long since = target.runSince;
        if (target.health instanceof Health.Down && to instanceof Health.Down) {
            since = target.sinceMillis; // another cause of the same failure
        } else if (target.upOrDown()) {
            since = Math.max(since, target.sinceMillis); // their clock is one second coarse
        }
        change(target, to, Instant.ofEpochMilli(Math.min(since, at().wall().toEpochMilli())));
    }

    /** A target is unknown or gone: that is our decision, of now. */
    void decided(TargetMemory target, Health to) {
        change(target, to, at().wall());
    }

    private void change(TargetMemory target, Health to, Instant since) {
        census.change(target.health, to);
        HealthDelta.Standing standing = new HealthDelta.Standing(to, since);
        HealthDelta.Evidence evidence = target.evidence(at().wall());
        deltas.add(new HealthDelta(
                target.target, target.standing(), standing, evidence, epoch, target.seq + 1, 0, false, false));
    }

    void mute(TargetMemory target) {
        mute.add(target.target.id());
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Ends the key of a finding, unless the finding opens again in this very poll. */
    void add(Tombstone end) {
        if (findings.stream().noneMatch(finding -> finding.key().equals(end.key()))) {
            tombstones.add(end);
        }
    }

    void forget(TargetMemory target) {
        tombstones.add(new Tombstone(
                Stream.HEALTH,
                target.target.id(),
                List.of(source.cluster(), source.name()),
                source.cluster(),
                at().wall(),
                epoch,
                target.seq + 1));
    }

    DeltaBatch batch(
            SourceState state,
            SourceState.@Nullable Why why,
            String detail,
            Instant observedUntil,
            Duration pollInterval,
            DeltaBatch.Reached reached,
            int restarts,
            @Nullable Routing routing) {
        return new DeltaBatch(
                source,
                state,
                why,
                detail,
                epoch,
                result.poll(),
                at(),
                observedUntil,
                pollInterval,
                List.copyOf(deltas),
                List.copyOf(findings),
                List.copyOf(tombstones),
                Set.copyOf(mute),
                reached,
                census.targets(),
                census.down(),
                census.unknown(),
                restarts,
                routing);
    }
}
