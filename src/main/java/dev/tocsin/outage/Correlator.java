package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingBook;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Named;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Target;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells job-wide outages from single failures, for one cluster: batches and time in, versions and findings out.
 * Confined: one verticle.
 */
public final class Correlator {
    private static final int NAMED_MAX = 5; // in the detail of a finding

    private final String cluster;
    private final RuleBook rules;
    private final WaitClock waits;
    private final long epoch;
    private final Map<String, Sight> sights = new HashMap<>();
    private final Map<Scope.Job, Job> jobs = new LinkedHashMap<>(); // what is told of a moment has one order
    private final Set<Job> restless = new LinkedHashSet<>();
    private final Set<Job> waiting = new LinkedHashSet<>(); // changed, to be looked at with the next tick
    private final FindingBook findings;
    private final Endings endings = new Endings();
    private final Joins joins;

    /** @param waits told of every beat by whoever owns this correlator */
    public Correlator(String cluster, RuleBook rules, WaitClock waits, long epoch) {
        this.cluster = cluster;
        this.rules = rules;
        this.waits = waits;
        this.epoch = epoch;
        this.findings = new FindingBook(cluster, cluster, epoch);
        this.joins = new Joins(cluster, rules.joins(), jobs, Job::out, waits);
    }

    /**
     * Takes what the log remembers of this cluster, before the first batch. Nothing of it votes before its source has
     * answered.
     */
    public void restore(
            Collection<HealthDelta> health,
            Collection<Outage> outages,
            Collection<Finding> found,
            Collection<Watermark> watermarks,
            Moment now) {
        for (Watermark watermark : watermarks) {
            Sight sight = sight(watermark.source().name());
            sight.observedUntil = watermark.observedUntil();
            sight.seenUntil = watermark.observedUntil();
        }
        for (HealthDelta delta : health) {
            Job job = job(delta.target());
            job.apply(delta, sight(delta.target().source().name()), now.monoMillis());
            joins.see(delta);
        }
        jobs.values().forEach(Job::restoreHeld);
        for (Outage outage : outages) {
            if (outage.scope() instanceof Scope.Job scope) {
                Job job = jobs.computeIfAbsent(scope, of -> new Job(of, rules.of(of)));
                job.apply(outage, now.monoMillis());
                afterLook(job, now);
            }
        }
        for (Finding finding : found) {
            restore(finding);
        }
        jobs.values().forEach(Job::forgetGone);
        jobs.values().removeIf(job -> job.empty() && job.last() == null && !restless.contains(job));
    }

    /** What a restart must find again, a line per job: for tests that hold restore against live. */
    List<String> remembered() {
        return jobs.values().stream().map(Job::remembered).sorted().toList();
    }

    /** Takes one poll of one source and decides. */
    public Decided batch(DeltaBatch batch) {
        long now = batch.at().monoMillis();
        Sight sight = sight(batch.source().name());
        Set<Job> dirty = new LinkedHashSet<>();
        boolean sightChanged = sight.apply(batch);
        for (HealthDelta delta : batch.deltas()) {
            Job job = job(delta.target());
            job.apply(delta, sight, now);
            joins.see(delta);
            dirty.add(job);
        }
        for (Job job : sightChanged ? jobs.values() : restless) {
            if (job.seenBy(sight)) {
                dirty.add(job);
            }
        }
        Set<Job> due = new LinkedHashSet<>();
        for (Job job : dirty) {
            (job.mayWait(now) ? waiting : due).add(job);
        }
        return look(due, batch.at());
    }

    /** Decides what time alone decides. At least once a second. */
    public Decided tick(Moment now) {
        Set<Job> due = new LinkedHashSet<>(restless);
        due.addAll(waiting);
        return look(due, now);
    }

    private Decided look(Collection<Job> dirty, Moment now) {
        List<Outage> outages = new ArrayList<>();
        List<Finding> found = new ArrayList<>();
        for (Job job : dirty) {
            waiting.remove(job);
            Job.Seen seen = job.look(waits, now, epoch, joins);
            if (seen.outage() != null) {
                outages.add(seen.outage());
            }
            found.addAll(findings(job, seen, now));
            afterLook(job, now);
        }
        List<Tombstone> due = new ArrayList<>(endings.due(waits, now));
        due.addAll(findings.ends(rules.general().absentFor().toMillis(), waits, now));
        due.forEach(this::forget);
        return new Decided(outages, found, due);
    }

    private List<Finding> findings(Job job, Job.Seen seen, Moment now) {
        List<Finding> changed = new ArrayList<>();
        if (!findings.noneOpen()
                || !seen.disagreeing().isEmpty()
                || !seen.flapping().isEmpty()) {
            find(FindingKind.VANTAGES_DISAGREE, job, seen.disagreeing(), "sources contradict each other about ", now)
                    .ifPresent(changed::add);
            find(FindingKind.FLAPPING, job, seen.flapping(), "up and down again and again: ", now)
                    .ifPresent(changed::add);
            changed.forEach(findings::apply);
        }
        return changed;
    }

    /** The record to be told, when whether the finding holds differs from what was told last. */
    private Optional<Finding> find(FindingKind kind, Job job, List<String> names, String what, Moment now) {
        Map<String, String> subject = Map.of(
                "job", job.scope.job(), "sourceKind", job.scope.sourceKind().text());
        Finding open = findings.open(kind, subject);
        if (names.isEmpty()) {
            return Optional.ofNullable(open).map(finding -> findings.cleared(finding, now.wall()));
        }
        return open != null
                ? Optional.empty()
                : Optional.of(findings.opened(kind, subject, what + some(names), now.wall()));
    }

    private static String some(List<String> names) {
        int shown = Math.min(NAMED_MAX, names.size());
        String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return String.join(", ", names.subList(0, shown)) + more;
    }

    /* A job without instances is no more: its last outage gets a tombstone, one without any is forgotten at once. */
    private void afterLook(Job job, Moment now) {
        if (job.restless()) {
            restless.add(job);
        } else {
            restless.remove(job);
        }
        Outage last = job.last();
        if (!job.empty() || job.restless()) {
            endings.notOver(job.key);
        } else if (last == null) {
            jobs.remove(job.scope);
        } else {
            endings.over(job.key, now, job.rules.absentFor().toMillis(), at -> last.tombstone(at, epoch));
        }
    }

    private void forget(Tombstone tombstone) {
        if (tombstone.stream() == Stream.FINDINGS) {
            findings.forget(tombstone.key());
        } else {
            jobs.keySet().removeIf(scope -> scope.key().equals(tombstone.key()));
        }
    }

    /* A finding about a job that is no more would stand for ever: the next look at its empty job clears it. */
    private void restore(Finding finding) {
        Scope.Job scope = new Scope.Job(
                cluster,
                Named.of(SourceKind.class, finding.subject().getOrDefault("sourceKind", ""))
                        .orElse(SourceKind.PROMETHEUS),
                finding.subject().getOrDefault("job", ""));
        findings.apply(finding);
        if (finding.open() && !jobs.containsKey(scope)) {
            Job job = new Job(scope, rules.of(scope));
            jobs.put(scope, job);
            restless.add(job);
        }
    }

    private Job job(Target target) {
        return jobs.computeIfAbsent(
                new Scope.Job(cluster, target.source().kind(), target.job()), scope -> new Job(scope, rules.of(scope)));
    }

    private Sight sight(String source) {
        return sights.computeIfAbsent(source, Sight::new);
    }
}
