package dev.tocsin.cli;

import dev.tocsin.outage.Verdict;
import dev.tocsin.triage.Report;
import dev.tocsin.triage.Report.JobOut;
import dev.tocsin.triage.Report.SourceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The first line of a report: what matters, in counts. Pure. */
final class TriageVerdict {
    private TriageVerdict() {}

    static String of(Report report) {
        return switch (report.standing()) {
            case DOWN -> "DOWN: " + down(report) + also(report);
            case UNSURE -> "UNSURE: nothing is known to be down" + also(report);
            case CLEAR ->
                "CLEAR: nothing is down, "
                        + count(targets(report, s -> s.targets().total()), "target") + " of "
                        + count(report.sources().size(), "source") + also(report);
        };
    }

    private static String down(Report report) {
        int whole = jobs(report, Verdict.JOB);
        int partial = jobs(report, Verdict.PARTIAL);
        int single = report.jobs().stream()
                .filter(job -> job.verdict() == Verdict.INSTANCE)
                .mapToInt(job -> job.counts().down())
                .sum();
        List<String> parts = new ArrayList<>();
        if (whole > 0) {
            parts.add(count(whole, "whole job"));
        }
        if (partial > 0) {
            parts.add(count(partial, "job") + " in part");
        }
        if (single > 0) {
            parts.add(count(single, "single instance"));
        }
        int down = report.jobs().stream().mapToInt(job -> job.counts().down()).sum();
        return String.join(", ", parts) + "; " + count(down, "instance") + " down in all";
    }

    private static String also(Report report) {
        List<String> parts = new ArrayList<>();
        long dark = report.sources().stream().filter(source -> !source.seen()).count();
        int unseen = targets(report, source -> source.targets().notSeen());
        int unchecked = targets(report, source -> source.targets().unchecked());
        int troubles = targets(report, source -> source.troubles().size());
        if (dark > 0) {
            parts.add(dark + " of " + count(report.sources().size(), "source") + " not seen");
        }
        if (unseen > 0) {
            parts.add(count(unseen, "target") + " not seen");
        }
        if (unchecked > 0) {
            parts.add(count(unchecked, "target") + " that nobody checks");
        }
        if (!report.disagreements().isEmpty()) {
            parts.add(report.disagreements().size() + " disputed");
        }
        if (troubles > 0) {
            parts.add(count(troubles, "warning"));
        }
        return parts.isEmpty() ? "" : "; " + String.join(", ", parts);
    }

    private static int jobs(Report report, Verdict verdict) {
        return (int) report.jobs().stream()
                .map(JobOut::verdict)
                .filter(verdict::equals)
                .count();
    }

    /* A source that is not seen says nothing that counts. */
    private static int targets(Report report, ToIntFunction<SourceReport> of) {
        return report.sources().stream().mapToInt(of).sum();
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
