package dev.tocsin.cli;

import dev.tocsin.health.CauseKind;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Verdict;
import dev.tocsin.triage.LastUp;
import dev.tocsin.triage.Report;
import dev.tocsin.triage.Report.CauseGroup;
import dev.tocsin.triage.Report.Disagreement;
import dev.tocsin.triage.Report.DownInstance;
import dev.tocsin.triage.Report.JobOut;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as a page for a person: the verdict first, then what is down, then how the servers are. Confined; pure. */
final class TriageText {
    private static final int WIDTH = 100;
    private static final int NAME_MAX = 120;
    private static final int URL_MAX = 200;
    private static final int TEXT_MAX = 300;
    private static final Duration EXACT = Duration.ofMinutes(1);
    /* Of each kind; the rest is counted. */
    private static final int JOBS_SHOWN = 20;
    private static final int CAUSES_SHOWN = 4;
    private static final int INSTANCES_SHOWN = 5;
    private static final int INSTANCES_SHOWN_OF_MANY_JOBS = 2;
    private static final int MANY_JOBS = 5;
    private static final int NAMES_SHOWN = 3;

    private final Report report;
    private final DateTimeFormatter time;
    private final int instancesShown;
    private final Page page;

    /** Where the cause was said first, and what to do about it. */
    private final Map<CauseKind, String> saidOf = new HashMap<>();

    private TriageText(Report report, boolean all, ZoneId zone) {
        this.report = report;
        this.page = new Page(WIDTH, all);
        boolean many = report.jobs().size() > MANY_JOBS;
        this.instancesShown = many ? INSTANCES_SHOWN_OF_MANY_JOBS : INSTANCES_SHOWN;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** @param all whether everything is shown, or counted where it is much */
    static String of(Report report, boolean all, ZoneId zone) {
        TriageText text = new TriageText(report, all, zone);
        text.page.line(0, TriageVerdict.of(report)).gap();
        text.page.each(0, report.jobs(), JOBS_SHOWN, "jobs with instances down", text::job);
        text.disagreements();
        new SourcesText(report, text.page).write();
        return text.page.toString();
    }

    private void job(JobOut job) {
        page.gap()
                .line(
                        0,
                        verdict(job) + " " + name(job.job()) + " in " + name(job.cluster()) + ": " + counts(job)
                                + seenBy(job));
        String impact = ImpactText.ofLook(job.both());
        if (!impact.isEmpty()) {
            page.line(2, impact);
        }
        page.each(2, job.causes(), CAUSES_SHOWN, "causes", group -> cause(job, group));
    }

    /* A source that stands alone is its own cluster. */
    private static String seenBy(JobOut job) {
        return job.sighted().equals(List.of(job.cluster())) ? "" : ", seen by " + names(job.sighted());
    }

    private static String verdict(JobOut job) {
        return switch (job.verdict()) {
            case JOB -> "WHOLE JOB";
            case PARTIAL -> "PART OF A JOB";
            case INSTANCE -> job.counts().down() == 1 ? "ONE INSTANCE" : "SINGLE INSTANCES";
        };
    }

    private static String counts(JobOut job) {
        JobCounts counts = job.counts();
        if (job.sole()) {
            return "its only instance is down";
        }
        String more = (counts.unknown() > 0 ? ", " + counts.unknown() + " not known" : "")
                + (counts.disagreeing() > 0 ? ", " + counts.disagreeing() + " disputed" : "");
        boolean whole = job.verdict() == Verdict.JOB && counts.down() == counts.expected();
        return (whole ? "all " + counts.down() : counts.down() + " of " + counts.expected()) + " down" + more;
    }

    private void cause(JobOut job, CauseGroup group) {
        List<DownInstance> instances = group.instances();
        String said = saidOf.putIfAbsent(group.kind(), name(job.job()));
        page.line(
                2,
                (instances.size() > 1 ? instances.size() + " x " : "")
                        + Words.cause(group.kind())
                        + (said == null || page.all() ? "" : "; do as for " + said));
        if (said == null || page.all()) {
            page.todo(4, Printable.of(group.remedy(), TEXT_MAX), group.check());
        }
        page.each(4, instances, instancesShown, "instances", this::instance);
    }

    private void instance(DownInstance instance) {
        String last = lastUp(instance.lastUp());
        page.line(
                4,
                name(instance.instance())
                        + (instance.url().isEmpty() ? "" : "  " + Printable.of(instance.url(), URL_MAX))
                        + (last.isEmpty() ? "" : "  " + last));
        page.line(6, Printable.of(instance.error(), TEXT_MAX));
    }

    private String lastUp(LastUp last) {
        if (last instanceof LastUp.At at) {
            String about = at.within().compareTo(EXACT) > 0 ? "about " : "";
            return "last up " + about + time.format(at.time()) + " (" + ago(at.time()) + " ago)";
        }
        if (last instanceof LastUp.SomeTimeWithin some) {
            return "was up within the last " + Words.duration(some.time());
        }
        return last instanceof LastUp.NotWithin not ? "never up in the last " + Words.duration(not.time()) : "";
    }

    private String ago(Instant then) {
        return Words.duration(Duration.between(then, report.at()));
    }

    private void disagreements() {
        if (report.disagreements().isEmpty()) {
            return;
        }
        page.gap().line(0, "DISPUTED: down for one source, up for another; compare the routes from each of them");
        page.each(2, report.disagreements(), INSTANCES_SHOWN, "disputed instances", this::disagreement);
    }

    private void disagreement(Disagreement one) {
        page.line(
                        2,
                        name(one.instance()) + " of " + name(one.job()) + " in " + name(one.cluster()) + ": down for "
                                + names(one.down()) + ", up for " + names(one.up()))
                .line(4, Printable.of(one.error(), TEXT_MAX));
    }

    private static String name(String name) {
        return Printable.of(name, NAME_MAX);
    }

    private static String names(Collection<String> names) {
        String shown = names.stream().limit(NAMES_SHOWN).map(TriageText::name).collect(Collectors.joining(", "));
        return shown + (names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "");
    }
}
