package dev.tocsin.triage;

import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import dev.tocsin.source.CheckText;
import dev.tocsin.source.KnownOfTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look at all sources shows. Immutable.
 *
 * @param at when the last answer was in
 * @param jobs those with instances down, the gravest first: whole jobs, and of these what users feel
 * @param disagreements instances of which sighted sources say opposite things: nothing is down for that
 * @param sources in the order of the configuration
 */
public record Report(
        Instant at,
        Standing standing,
        List<JobOut> jobs,
        List<Disagreement> disagreements,
        List<SourceReport> sources) {

    public Report {
        jobs = List.copyOf(jobs);
        disagreements = List.copyOf(disagreements);
        sources = List.copyOf(sources);
    }

    /**
     * A job with instances down.
     *
     * @param sole whether it has one instance
     * @param sighted the sources that see it
     * @param causes the most frequent first
     * @param both what the other kind of source says of it
     */
    public record JobOut(
            Scope.Job scope,
            Verdict verdict,
            boolean sole,
            JobCounts counts,
            List<String> sighted,
            List<CauseGroup> causes,
            BothViews both) {
        public String cluster() {
            return scope.cluster();
        }

        public String job() {
            return scope.job();
        }
    }

    /**
     * Instances that are down for one cause.
     *
     * @param remedy what to do, a sentence
     * @param check what to run, one step a line, with the values of the first instance filled in
     */
    public record CauseGroup(CauseKind kind, String remedy, String check, List<DownInstance> instances) {}

    /**
     * An instance that is down.
     *
     * @param url redacted
     * @param error cleaned and redacted, without what changes from scrape to scrape
     * @param sources those that say so
     */
    public record DownInstance(String instance, String url, String error, LastUp lastUp, List<String> sources) {}

    /** An instance that is down for some of its sources and up for others. @param error of one of those that say down */
    public record Disagreement(
            String cluster, String job, String instance, String error, List<String> down, List<String> up) {}

    /**
     * How one source is.
     *
     * @param state {@code ready}, or why it cannot be seen through
     * @param detail of that state; "" when there is nothing to say
     * @param remedy for that; "" when it is ready
     * @param version "" when not told
     * @param startedAt null when not told
     * @param dropped targets that relabelling drops, by pool: no trouble, if it is meant
     */
    public record SourceReport(
            Source source,
            String url,
            SourceState state,
            SourceState.@Nullable Why why,
            String detail,
            String remedy,
            String version,
            @Nullable Instant startedAt,
            Targets targets,
            Map<String, Integer> dropped,
            List<Trouble> troubles,
            List<Unchecked> unchecked) {
        public boolean seen() {
            return state == SourceState.READY;
        }
    }

    /**
     * The targets of a source by what it says of them.
     *
     * @param unscraped not scraped yet: discovered just now, so nothing to look into
     * @param unproven called up by a Traefik, and no check known to be behind it
     * @param overdue of which the last scrape is too old to say anything
     * @param unseen that failed for the source's own sake
     * @param unchecked that nobody checks
     */
    public record Targets(int up, int down, int unscraped, int unproven, int overdue, int unseen, int unchecked) {
        static final Targets NONE = new Targets(0, 0, 0, 0, 0, 0, 0);

        public int total() {
            return up + down + unscraped + unproven + overdue + unseen + unchecked;
        }

        /** Of how many nobody can say how they are, and somebody should. */
        public int notSeen() {
            return unproven + overdue + unseen;
        }
    }

    /**
     * A warning that is no outage.
     *
     * @param subject what it is about: a job, a pool; "" for the source itself
     * @param items what it is made of, where it is made of many
     */
    public record Trouble(TroubleKind kind, String subject, String evidence, List<String> items) {
        Trouble(TroubleKind kind, String subject, String evidence) {
            this(kind, subject, evidence, List.of());
        }

        /** What to run, one step a line. */
        public String check() {
            return CheckText.fill(kind.steps(), new KnownOfTarget(null, subject, null, subject));
        }
    }

    /** What could not be looked into. */
    public record Unchecked(String what, String why) {}
}
