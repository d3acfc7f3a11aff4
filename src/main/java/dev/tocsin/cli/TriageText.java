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
import dev.tocsin.triage.Report.SourceReport;
import dev.tocsin.triage.Report.Targets;
import dev.tocsin.triage.Report.Trouble;
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
    private static final int COLUMN = 8;
    private static final Duration EXACT = Duration.ofMinutes(1);
    /* Of each kind; the rest is counted. */
    private static final int JOBS_SHOWN = 20;
    private static final int CAUSES_SHOWN = 4;
    private static final int INSTANCES_SHOWN = 5;
    private static final int INSTANCES_SHOWN_OF_MANY_JOBS = 2;
    private static final int MANY_JOBS = 5;
    private static final int ITEMS_SHOWN = 3;
    private static final int SOURCES_SHOWN = 20;

    private final Report report;
    private final boolean all;
    private final DateTimeFormatter time;
    private final int instancesShown;
    private final Page page = new Page(WIDTH);

    /** Where the cause was said first, and what to do about it. */
    private final Map<CauseKind, String> saidOf = new HashMap<>();

    private TriageText(Report report, boolean all, ZoneId zone) {
        this.report = report;
        this.all = all;
        boolean many = report.jobs().size() > MANY_JOBS;
        this.instancesShown = all ? Integer.MAX_VALUE : many ? INSTANCES_SHOWN_OF_MANY_JOBS : INSTANCES_SHOWN;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** @param all whether everything is shown, or counted where it is much */
    static String of(Report report, boolean all, ZoneId zone) {
        TriageText text = new TriageText(report, all, zone);
        text.page.line(0, TriageVerdict.of(report)).gap();
        shown(report.jobs(), all ? Integer.MAX_VALUE : JOBS_SHOWN).forEach(text::job);
        text.more(0, report.jobs().size() - JOBS_SHOWN, "jobs with instances down");
        text.disagreements();
        text.sources();
        return text.page.toString();
    }

    private void job(JobOut job) {
        page.gap()
                .line(
                        0,
                        verdict(job) + " " + name(job.job()) + " in " + name(job.cluster()) + ": " + counts(job)
                                + seenBy(job));
        shown(job.causes(), all ? Integer.MAX_VALUE : CAUSES_SHOWN).forEach(group -> cause(job, group));
        more(2, job.causes().size() - CAUSES_SHOWN, "causes");
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
                        + (said == null || all ? "" : "; do as for " + said));
        if (said == null || all) {
            page.labelled(4, "do", Printable.of(group.remedy(), TEXT_MAX), COLUMN);
            steps(group.check());
        }
        shown(instances, instancesShown).forEach(this::instance);
        more(4, instances.size() - instancesShown, "instances");
    }

    private void steps(String check) {
        String label = "check";
        for (String line : CheckLines.of(check, WIDTH - 4 - COLUMN)) {
            page.raw(4, label, line, COLUMN);
            label = "";
        }
    }

    private void instance(DownInstance instance) {
        String last = lastUp(instance.lastUp());
        page.line(
                4,
                name(instance.instance()) + "  " + Printable.of(instance.url(), URL_MAX)
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
        for (Disagreement one : shown(report.disagreements(), all ? Integer.MAX_VALUE : INSTANCES_SHOWN)) {
            page.line(
                    2,
                    name(one.instance()) + " of " + name(one.job()) + " in " + name(one.cluster()) + ": down for "
                            + names(one.down()) + ", up for " + names(one.up()));
            page.line(4, Printable.of(one.error(), TEXT_MAX));
        }
        more(2, report.disagreements().size() - INSTANCES_SHOWN, "disputed instances");
    }

    private void sources() {
        List<SourceReport> notSeen =
                report.sources().stream().filter(source -> !source.seen()).toList();
        for (SourceReport source : shown(notSeen, all ? Integer.MAX_VALUE : SOURCES_SHOWN)) {
            page.gap().line(0, "NOT SEEN " + source(source));
            String why = source.why() == null ? "" : " (" + Words.of(source.why()) + ")";
            page.line(2, Words.of(source.state()) + why + ": " + Printable.of(source.detail(), TEXT_MAX));
            page.labelled(4, "do", source.remedy(), COLUMN);
            troubles(source);
        }
        more(0, notSeen.size() - SOURCES_SHOWN, "sources not seen");
        List<SourceReport> seen =
                report.sources().stream().filter(SourceReport::seen).toList();
        for (SourceReport source : shown(seen, all ? Integer.MAX_VALUE : SOURCES_SHOWN)) {
            page.gap().line(0, "SOURCE " + source(source) + ", " + targets(source.targets()));
            troubles(source);
            dropped(source.dropped());
            source.unchecked()
                    .forEach(unchecked -> page.line(
                            2,
                            "not checked: " + unchecked.what() + " (" + Printable.of(unchecked.why(), TEXT_MAX) + ")"));
        }
        more(0, seen.size() - SOURCES_SHOWN, "sources");
    }

    private String source(SourceReport source) {
        String version = source.version().isEmpty() ? "" : ", Prometheus " + Printable.of(source.version(), NAME_MAX);
        String since = source.startedAt() == null ? "" : ", up for " + ago(source.startedAt());
        String url = Printable.of(source.url(), URL_MAX);
        String name = source.url().endsWith("/" + source.source().name())
                ? ""
                : name(source.source().name()) + " ";
        return name + url + version + since;
    }

    private static String targets(Targets targets) {
        return targets.total() + (targets.total() == 1 ? " target: " : " targets: ") + targets.up() + " up"
                + counted(targets.down(), "down")
                + counted(targets.unscraped(), "not scraped yet")
                + counted(targets.overdue(), "scraped too long ago to know")
                + counted(targets.unseen(), "that it could not scrape");
    }

    private static String counted(int count, String what) {
        return count == 0 ? "" : ", " + count + " " + what;
    }

    private void troubles(SourceReport source) {
        for (Trouble trouble : source.troubles()) {
            String subject = trouble.subject().isEmpty() ? "" : " [" + name(trouble.subject()) + "]";
            page.line(2, Words.of(trouble.kind()) + subject + ": " + Printable.of(trouble.evidence(), TEXT_MAX));
            page.labelled(4, "do", trouble.kind().remedy(), COLUMN);
            steps(trouble.check());
            shown(trouble.items(), all ? Integer.MAX_VALUE : ITEMS_SHOWN)
                    .forEach(item -> page.line(4, Printable.of(item, TEXT_MAX)));
            more(4, trouble.items().size() - ITEMS_SHOWN, "");
        }
    }

    private void dropped(Map<String, Integer> dropped) {
        if (!dropped.isEmpty()) {
            List<String> shown = dropped.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .limit(all ? Integer.MAX_VALUE : INSTANCES_SHOWN)
                    .map(pool -> pool.getValue() + " of " + name(pool.getKey()))
                    .toList();
            int more = dropped.size() - shown.size();
            page.line(
                    2,
                    "dropped by relabelling (fine if meant): " + String.join(", ", shown)
                            + (more > 0 ? ", and of " + more + " more pools" : ""));
        }
    }

    private void more(int indent, int count, String what) {
        if (!all && count > 0) {
            page.line(indent, "and " + count + " more" + (what.isEmpty() ? "" : " " + what) + " (--all shows them)");
        }
    }

    private static <T> List<T> shown(List<T> list, int max) {
        return list.subList(0, Math.min(max, list.size()));
    }

    private static String name(String name) {
        return Printable.of(name, NAME_MAX);
    }

    private static String names(Collection<String> names) {
        String shown = names.stream().limit(ITEMS_SHOWN).map(TriageText::name).collect(Collectors.joining(", "));
        return shown + (names.size() > ITEMS_SHOWN ? " and " + (names.size() - ITEMS_SHOWN) + " more" : "");
    }
}
