package dev.tocsin.triage;

import dev.tocsin.health.Source;
import dev.tocsin.outage.Impact;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.RuleBook;
import dev.tocsin.outage.Scope;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.triage.Reading.Vote;
import dev.tocsin.triage.Report.Disagreement;
import dev.tocsin.triage.Report.JobOut;
import dev.tocsin.triage.Report.SourceReport;
import dev.tocsin.triage.Report.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the report of one look. Stateless; pure. */
public final class Triage {
    private static final Comparator<Scope.Job> JOBS = Comparator.comparing(Scope.Job::cluster)
            .thenComparing(Scope.Job::job)
            .thenComparing(Scope.Job::sourceKind);

    /* First by how much of it is out; of those alike, what users feel before what they do not. */
    private static final Comparator<JobOut> GRAVEST = Comparator.comparing(JobOut::verdict)
            .reversed()
            .thenComparing(job -> felt(job.both().impact()))
            .thenComparing(job -> -job.counts().down())
            .thenComparing(JobOut::scope, JOBS);

    private Triage() {}

    /**
     * What the look shows. Only sources that can be seen through have a word on their targets, as when we watch.
     *
     * @param rules by which a job is out as a whole or in part; jobs that are ignored are not told
     * @param at when the last answer was in
     */
    public static Report report(List<Seen> seen, RuleBook rules, ScrapeErrors errors, Instant at) {
        List<View> views = seen.stream().map(one -> View.of(one, errors)).toList();
        Histories histories = new Histories(views);
        OtherViews others = new OtherViews(views, rules, histories);
        List<JobOut> jobs = new ArrayList<>();
        List<Disagreement> disagreements = new ArrayList<>();
        for (JobVotes votes : votes(views)) {
            OutageRules of = rules.of(votes.job());
            if (!of.ignore()) {
                votes.out(of, histories, others).ifPresent(jobs::add);
                disagreements.addAll(votes.disagreements(of));
            }
        }
        jobs.sort(GRAVEST);
        List<SourceReport> sources = views.stream().map(SourceTriage::of).toList();
        return new Report(at, standing(jobs, sources), jobs, disagreements, sources);
    }

    private static int felt(@Nullable Impact impact) {
        return impact == Impact.USERS ? 0 : impact == Impact.OBSERVABILITY ? 2 : 1;
    }

    private static Standing standing(List<JobOut> jobs, List<SourceReport> sources) {
        if (!jobs.isEmpty()) {
            return Standing.DOWN;
        }
        return sources.stream().allMatch(Triage::allSeen) ? Standing.CLEAR : Standing.UNSURE;
    }

    private static boolean allSeen(SourceReport source) {
        return source.seen() && source.targets().notSeen() == 0;
    }

    private static Collection<JobVotes> votes(List<View> views) {
        Map<Scope.Job, JobVotes> byJob = new TreeMap<>(JOBS);
        for (View view : views) {
            Source source = view.seen().source();
            if (view.ready()) {
                for (Reading reading : view.readings()) {
                    Scope.Job job = new Scope.Job(
                            source.cluster(),
                            source.kind(),
                            reading.seen().target().job());
                    byJob.computeIfAbsent(job, JobVotes::new).add(view.name(), reading);
                }
            }
        }
        return byJob.values();
    }

    static Targets targets(View view) {
        return new Targets(
                view.count(Vote.UP),
                view.count(Vote.DOWN),
                view.count(Vote.UNSCRAPED),
                view.count(Vote.UNPROVEN),
                view.count(Vote.OVERDUE),
                view.count(Vote.UNSEEN),
                view.count(Vote.UNCHECKED));
    }
}
