package dev.tocsin.benchmark;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.CauseMemo;
import dev.tocsin.source.ScrapeErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A source of 125,000 targets in 200 jobs, of which 100,000 change with each poll: down, up, down ... The first poll has
 * all of them up. Confined.
 */
final class Flapping {
    static final Source SOURCE = new Source("prom-0", "eu-1", SourceKind.PROMETHEUS);
    static final int CHANGING = Storm.DOWN;
    static final int TARGETS = Storm.TARGETS;
    static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int JOBS = 200;

    private final List<Target> targets = Storm.targets(SOURCE, JOBS);
    private final WaitClock waits = new WaitClock();
    private final HealthTable table;
    private long polls;

    /** @param epoch of the log that takes what changes */
    Flapping(long epoch) {
        table = new HealthTable(SOURCE, HealthRules.DEFAULT, new CauseMemo(ScrapeErrors.load()), waits, epoch);
    }

    DeltaBatch poll(Moment at) {
        boolean down = polls % 2 == 1;
        polls++;
        List<Observation> observations = new ArrayList<>(TARGETS);
        for (int i = 0; i < TARGETS; i++) {
            Target target = targets.get(i);
            boolean falls = down && Storm.falls(i, JOBS);
            observations.add(Storm.observation(
                    target, falls ? Reading.DOWN : Reading.UP, falls ? Storm.refused(target) : "", at.wall()));
        }
        waits.beat(at.monoMillis());
        DeltaBatch batch = table.poll(
                new PollResult.Answered(polls, at, at.wall(), PollResult.ServerFacts.NONE, observations), INTERVAL);
        int want = polls == 1 ? TARGETS : CHANGING;
        if (batch.deltas().size() != want) {
            throw new IllegalStateException(
                    "want " + want + " deltas, got " + batch.deltas().size() + " of a source " + batch.state());
        }
        return batch;
    }
}
