package dev.tocsin.triage;

import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Target;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import dev.tocsin.outage.VerdictRule;
import dev.tocsin.source.KnownOfTarget;
import dev.tocsin.triage.InstanceVotes.Decision;
import dev.tocsin.triage.Reading.Vote;
import dev.tocsin.triage.Report.CauseGroup;
import dev.tocsin.triage.Report.Disagreement;
import dev.tocsin.triage.Report.DownInstance;
import dev.tocsin.triage.Report.JobOut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The instances of one job of a cluster, as its sources see them. Confined: the report's maker. */
final class JobVotes {
    private final Scope.Job job;
    private final Set<String> sighted = new TreeSet<>();
    /* So web-2 stands before web-10. */
    private final Map<String, InstanceVotes> byInstance =
            new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

    JobVotes(Scope.Job job) {
        this.job = job;
    }

    Scope.Job job() {
        return job;
    }

    void add(String source, Reading reading) {
        Target target = reading.seen().target();
        sighted.add(source);
        /* What is on the machine of a source is another one for each of them. */
        String name = target.loopback() ? target.instance() + " " + source : target.instance();
        byInstance.computeIfAbsent(name, instance -> new InstanceVotes()).add(source, reading);
    }

    /** The job as it is out; empty when none of its instances is down. */
    Optional<JobOut> out(OutageRules rules, Histories histories, OtherViews others) {
        JobCounts counts = counts(rules);
        if (counts.down() == 0) {
            return Optional.empty();
        }
        Verdict verdict = VerdictRule.earned(counts, rules);
        return Optional.of(new JobOut(
                job,
                verdict,
                counts.expected() == 1,
                counts,
                List.copyOf(sighted),
                causes(rules, histories),
                others.of(job, verdict, counts)));
    }

    List<Disagreement> disagreements(OutageRules rules) {
        return byInstance.values().stream()
                .filter(votes -> votes.decide(rules.quorum()) == Decision.DISAGREEING)
                .map(this::disagreement)
                .toList();
    }

    private Disagreement disagreement(InstanceVotes votes) {
        return new Disagreement(
                job.cluster(),
                job.job(),
                votes.target().instance(),
                error(votes.failed()),
                votes.saying(Vote.DOWN),
                votes.sayingUp());
    }

    private JobCounts counts(OutageRules rules) {
        Map<Decision, Integer> by = new EnumMap<>(Decision.class);
        byInstance.values().forEach(votes -> by.merge(votes.decide(rules.quorum()), 1, Integer::sum));
        return new JobCounts(
                byInstance.size(),
                by.getOrDefault(Decision.UP, 0),
                by.getOrDefault(Decision.DOWN, 0),
                by.getOrDefault(Decision.UNKNOWN, 0),
                0,
                by.getOrDefault(Decision.DISAGREEING, 0));
    }

    private List<CauseGroup> causes(OutageRules rules, Histories histories) {
        Map<CauseKind, List<InstanceVotes>> byKind = new LinkedHashMap<>();
        for (InstanceVotes votes : byInstance.values()) {
            if (votes.decide(rules.quorum()) == Decision.DOWN) {
                byKind.computeIfAbsent(votes.failed().why().rule().kind(), kind -> new ArrayList<>())
                        .add(votes);
            }
        }
        return byKind.entrySet().stream()
                .map(kind -> group(kind.getKey(), kind.getValue(), histories))
                .sorted(Comparator.comparingInt(
                                (CauseGroup group) -> -group.instances().size())
                        .thenComparing(group -> group.kind().subCause()))
                .toList();
    }

    private static CauseGroup group(CauseKind kind, List<InstanceVotes> all, Histories histories) {
        Reading first = all.get(0).failed();
        return new CauseGroup(
                kind,
                first.why().rule().remedy(),
                first.why().rule().check(KnownOfTarget.of(first.seen().target())),
                all.stream().map(votes -> instance(votes, histories)).toList());
    }

    private static DownInstance instance(InstanceVotes votes, Histories histories) {
        Reading failed = votes.failed();
        Target target = failed.seen().target();
        List<String> sources = votes.saying(Vote.DOWN);
        return new DownInstance(
                target.instance(), target.url(), error(failed), histories.lastUp(target, sources), sources);
    }

    private static String error(Reading failed) {
        return failed.why().cause().detail();
    }
}
