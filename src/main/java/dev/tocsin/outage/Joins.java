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
import dev.tocsin.outage.ImpactRule.Clients;
import dev.tocsin.outage.Instance.Said;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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
                ? Serving.of(List.of(), false, Clients.LOST, now)
                : Serving.of(job.instances(), out.test(job), clients(job, now), now);
    }

    /** What becomes of the clients of a service when it has no server left. */
    Clients clients(Job service, long now) {
        return clients(service, now, new HashMap<>());
    }

    /* Each service is asked once: of those that stand in a circle the first that comes again is lost. */
    private Clients clients(Job service, long now, Map<String, Clients> known) {
        Clients before = known.putIfAbsent(service.scope.job(), Clients.LOST);
        if (before != null) {
            return before;
        }
        List<Said> said = new ArrayList<>();
        for (Member parent : parents.of(service.scope.job())) {
            Job job = job(SourceKind.TRAEFIK, parent.job());
            said.add(job == null ? Said.UNKNOWN : said(job, parent.instance(), now, known));
        }
        Clients clients = ImpactRule.clients(said.isEmpty() ? null : service.led(), said);
        known.put(service.scope.job(), clients);
        return clients;
    }

    /* Of the requests that a parent has for one of its children. It may be passed over in its turn, when it answers none. */
    private Said said(Job parent, String child, long now, Map<String, Clients> known) {
        Instance of = parent.instance(child);
        if (of == null) {
            return Said.UNKNOWN;
        }
        if (of.said(now) != Said.DOWN || answersSomebody(parent, now)) {
            return of.said(now);
        }
        return switch (clients(parent, now, known)) {
            case LOST -> Said.DOWN;
            case ANSWERED -> Said.UP;
            case UNDECIDED -> Said.UNDECIDED;
        };
    }

    private static boolean answersSomebody(Job parent, long now) {
        return parent.instances().stream()
                .anyMatch(child -> child.held != Instance.Held.GONE && child.said(now) != Said.DOWN);
    }

    @Nullable
    Job job(SourceKind kind, String name) {
        return jobs.get(new Scope.Job(cluster, kind, name));
    }
}
