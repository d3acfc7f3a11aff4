package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;

/** One thing that is done to the fleet, or to the monitor, at one moment. Immutable. */
public sealed interface Command {

    /** Their scrapes fail. @param texts one for each scrape, in turn; none: the connection is refused */
    record Fail(List<TargetRef> targets, List<String> texts) implements Command {}

    /** Their scrapes begin and do not end. */
    record Hang(List<TargetRef> targets) implements Command {}

    /** Their scrapes succeed again. */
    record Recover(List<TargetRef> targets) implements Command {}

    /** The instances of a job, as service discovery has them from now on. */
    record Lists(JobRef job, List<String> instances) implements Command {}

    /** The job is no longer configured. */
    record Leaves(JobRef job) implements Command {}

    record Sick(List<String> sources, Sickness sickness) implements Command {}

    /** Whatever is the matter with them is over. */
    record Well(List<String> sources) implements Command {}

    record Restart(List<String> sources) implements Command {}

    /** Scrapes of these targets from there fail, whatever the targets are. */
    record Cut(List<String> sources, List<TargetRef> targets) implements Command {}

    record Join(List<String> sources, List<TargetRef> targets) implements Command {}

    /** Their wall clocks are wrong by so much. */
    record Clock(List<String> sources, Duration offset) implements Command {}

    /** They forget what they know of a job's targets, as in a reload that edits it. */
    record Reset(List<String> sources, JobRef job) implements Command {}

    /** So many targets of a job are dropped by its relabelling. */
    record Dropped(List<String> sources, JobRef job, int count) implements Command {}

    /** These Traefiks take a new configuration, which says what the one before said. */
    record Reload(List<String> sources) implements Command {}

    /** These Traefiks take an empty configuration, as in the midst of a plain save of its file. */
    record Empty(List<String> sources) implements Command {}

    /** And now the whole one. */
    record Refill(List<String> sources) implements Command {}

    /** The monitor does not run for so long, and does not notice. */
    record Stall(Duration lasting) implements Command {}

    /** The monitor is killed: its memory is gone, what it has logged stays. */
    record Die() implements Command {}

    record Start() implements Command {}

    /** The monitor's wall clock is wrong by so much. */
    record OwnClock(Duration offset) implements Command {}
}
