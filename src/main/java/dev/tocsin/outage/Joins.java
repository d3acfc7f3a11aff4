package dev.tocsin.outage;

import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import dev.tocsin.join.Join;
import dev.tocsin.join.Link;
import dev.tocsin.join.Mapping;
import dev.tocsin.join.Member;
import dev.tocsin.outage.Instance.Said;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a cluster as two kinds of sources see them, side by side. Confined: its correlator.
 *
 * <p>No endpoints are kept while the cluster has sources of one kind; the first target of the other kind has all be joined.
 */
final class Joins {
    private final String cluster;
    private final List<Mapping> mappings;
    private final Map<Scope.Job, Job> jobs;
    private final Predicate<Job> out;
    private final WaitClock waits;
    private final Set<SourceKind> kinds = EnumSet.noneOf(SourceKind.class);
    private final Parents parents = new Parents();
    private @Nullable Join join;

    /**
     * @param jobs of the cluster, as they come and go
     * @param out which of them are out as a whole
     */
    Joins(String cluster, List<Mapping> mappings, Map<Scope.Job, Job> jobs, Predicate<Job> out, WaitClock waits) {
        this.cluster = cluster;
        this.mappings = mappings;
        this.jobs = jobs;
        this.out = out;
        this.waits = waits;
    }

    /** Takes who is there and who is not, from a delta that its job has taken. */
    void see(HealthDelta delta) {
        see(delta.target(), delta.to().health() instanceof Health.Gone);
    }

    /** Takes a target that is there, or that is not any more, when its job knows. */
    void see(Target target, boolean gone) {
        parents.see(target, gone);
        if (join != null && gone) {
            join.remove(target);
        } else if (join != null) {
            join.add(target);
        } else if (!gone && kinds.add(target.source().kind()) && kinds.size() > 1) {
            Join all = new Join(mappings);
            jobs.values().forEach(job -> job.present(all::add));
            join = all;
        }
    }

    /** What the other kind of source says of a job now. */
    OtherView of(Job job, JobView view, long now) {
        if (join == null) {
            return OtherView.NONE;
        }
        boolean service = job.scope.sourceKind() == SourceKind.TRAEFIK;
        List<Link> links = service ? join.ofService(job.scope.job()) : join.ofJob(job.scope.job());
        if (links.isEmpty()) {
            return OtherView.NONE;
        }
        Comparison comparison = new Comparison(this, job, view, waits, now);
        links.forEach(comparison::add);
        return comparison.seen();
    }

    /** Whether the balancers have somebody to send to, for a service. */
    Serving serving(String service, long now) {
        Job job = job(SourceKind.TRAEFIK, service);
        return job == null
                ? Serving.of(List.of(), false, ImpactRule.Clients.LOST, now)
                : Serving.of(job.instances(), out.test(job), clients(job, now), now);
    }

    /** What becomes of the clients of a service when it has no server left. */
    ImpactRule.Clients clients(Job service, long now) {
        List<Said> said = new ArrayList<>();
        for (Member parent : parents.of(service.scope.job())) {
            Job job = job(SourceKind.TRAEFIK, parent.job());
            Instance child = job == null ? null : job.instance(parent.instance());
            said.add(child == null ? Said.UNKNOWN : child.said(now));
        }
        return ImpactRule.clients(said.isEmpty() ? null : service.led(), said);
    }

    @Nullable
    Job job(SourceKind kind, String name) {
        return jobs.get(new Scope.Job(cluster, kind, name));
    }
}
