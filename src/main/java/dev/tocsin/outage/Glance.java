package dev.tocsin.outage;

import dev.tocsin.health.Health;
import dev.tocsin.health.Routing;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one cluster as one look at its sources shows them, and what the other kind of source makes of each. Confined:
 * its maker. All is seen before the first question.
 *
 * <p>It decides as a correlator does, without a past: whoever is down votes since it is known to be so.
 */
public final class Glance {
    /* Monotonic; what is known of the past is before it. */
    private static final long NOW = 0;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final String cluster;
    private final RuleBook rules;
    private final Map<Scope.Job, Job> jobs = new HashMap<>();
    private final Map<String, Sight> sights = new HashMap<>();
    private final WaitClock waits = new WaitClock();
    private final Joins joins;
    private boolean decided;

    public Glance(String cluster, RuleBook rules) {
        this.cluster = cluster;
        this.rules = rules;
        this.joins = new Joins(cluster, rules.joins(), jobs, this::out, waits);
    }

    /**
     * Takes a source that can be seen through, before its targets.
     *
     * @param routing of a Traefik, in force since so long before the look (so 0 or less); null of others
     */
    public void see(String source, @Nullable Routing routing) {
        Sight sight = new Sight(source);
        sight.state = SourceState.READY;
        sight.votingSince = LONG_AGO;
        sight.routing = routing;
        sights.put(source, sight);
    }

    /**
     * Takes what a source says of one of its targets.
     *
     * @param intervalMillis how often it looks at the target, and how long it waits then
     * @param stoodMillis for how long a target of Prometheus is known to be so: of what is down, what the balancers say is
     *     believed when they must have looked since
     * @throws IllegalStateException the source has not been taken, or a question has been asked
     */
    public void see(Target target, Health health, int intervalMillis, int timeoutMillis, long stoodMillis) {
        Sight sight = sights.get(target.source().name());
        if (sight == null || decided) {
            throw new IllegalStateException("too early or too late: " + target.id());
        }
        SourceKind kind = target.source().kind();
        /* A Traefik tells no since. That a server is out of rotation, and was well when last it was scraped, are facts side
         * by side; nothing is hidden by them. */
        long from = kind == SourceKind.TRAEFIK ? LONG_AGO : NOW - stoodMillis;
        Scope.Job scope = new Scope.Job(cluster, kind, target.job());
        jobs.computeIfAbsent(scope, of -> new Job(of, rules.of(of)))
                .vantage(target, sight)
                .show(health, intervalMillis, timeoutMillis, from);
        joins.see(target, false);
    }

    /** What the other kind of source says of a job that is out so far. */
    public BothViews of(Scope.Job scope, Verdict verdict, JobCounts counts) {
        Job job = jobs.get(scope);
        if (job == null) {
            return BothViews.NONE;
        }
        if (!decided) {
            decided = true;
            jobs.values().forEach(this::decide);
        }
        return joins.of(job, view(job), NOW).told(verdict, counts, null, false);
    }

    /* There is no round to wait for: whom sources contradict each other about is disputed. */
    private void decide(Job job) {
        for (Instance instance : job.instances()) {
            instance.take(instance.decide(job.rules.quorum(), 0, waits, NOW), NOW);
        }
    }

    private JobView view(Job job) {
        return new JobView(job.instances(), 0, 0, waits, NOW);
    }

    private boolean out(Job job) {
        return !job.rules.ignore() && VerdictRule.earned(view(job).standing, job.rules) == Verdict.JOB;
    }
}
