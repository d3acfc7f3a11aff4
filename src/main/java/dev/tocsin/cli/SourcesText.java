package dev.tocsin.cli;

import dev.tocsin.triage.Report;
import dev.tocsin.triage.Report.SourceReport;
import dev.tocsin.triage.Report.Targets;
import dev.tocsin.triage.Report.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The part of a report's page that says how the servers are, those that are not seen first. Confined; pure. */
final class SourcesText {
    private static final int NAME_MAX = 120;
    private static final int URL_MAX = 200;
    private static final int TEXT_MAX = 300;
    private static final int SOURCES_SHOWN = 20;
    private static final int ITEMS_SHOWN = 3;
    private static final int POOLS_SHOWN = 5;

    private final Report report;
    private final Page page;

    SourcesText(Report report, Page page) {
        this.report = report;
        this.page = page;
    }

    void write() {
        List<SourceReport> notSeen =
                report.sources().stream().filter(source -> !source.seen()).toList();
        List<SourceReport> seen =
                report.sources().stream().filter(SourceReport::seen).toList();
        page.each(0, notSeen, SOURCES_SHOWN, "sources not seen", this::notSeen);
        page.each(0, seen, SOURCES_SHOWN, "sources", this::seen);
    }

    private void notSeen(SourceReport source) {
        page.gap().line(0, "NOT SEEN " + source(source));
        String why = source.why() == null ? "" : " (" + Words.of(source.why()) + ")";
        page.line(2, Words.of(source.state()) + why + ": " + Printable.of(source.detail(), TEXT_MAX));
        page.todo(4, source.remedy(), "");
        source.troubles().forEach(this::trouble);
    }

    private void seen(SourceReport source) {
        page.gap().line(0, "SOURCE " + source(source) + ", " + targets(source));
        source.troubles().forEach(this::trouble);
        dropped(source.dropped());
        source.unchecked()
                .forEach(unchecked -> page.line(
                        2, "not checked: " + unchecked.what() + " (" + Printable.of(unchecked.why(), TEXT_MAX) + ")"));
    }

    private String source(SourceReport source) {
        String version = source.version().isEmpty() ? "" : ", " + product(source) + " " + name(source.version());
        String since = source.startedAt() == null
                ? ""
                : ", up for " + Words.duration(Duration.between(source.startedAt(), report.at()));
        String url = Printable.of(source.url(), URL_MAX);
        String name = source.url().endsWith("/" + source.source().name())
                ? ""
                : name(source.source().name()) + " ";
        return name + url + version + since;
    }

    private static String product(SourceReport source) {
        return switch (source.source().kind()) {
            case PROMETHEUS -> "Prometheus";
            case TRAEFIK -> "Traefik";
        };
    }

    private static String targets(SourceReport source) {
        Targets targets = source.targets();
        return targets.total() + (targets.total() == 1 ? " target: " : " targets: ") + targets.up() + " up"
                + counted(targets.down(), "down")
                + counted(targets.unscraped(), "not scraped yet")
                + counted(targets.unproven(), "called up that no check is known to have looked at yet")
                + counted(targets.overdue(), "scraped too long ago to know")
                + counted(targets.unseen(), "that it could not scrape")
                + counted(targets.unchecked(), "that nobody checks");
    }

    private static String counted(int count, String what) {
        return count == 0 ? "" : ", " + count + " " + what;
    }

    private void trouble(Trouble trouble) {
        String subject = trouble.subject().isEmpty() ? "" : " [" + name(trouble.subject()) + "]";
        page.line(2, Words.of(trouble.kind()) + subject + ": " + Printable.of(trouble.evidence(), TEXT_MAX))
                .todo(4, trouble.kind().remedy(), trouble.check())
                .each(4, trouble.items(), ITEMS_SHOWN, "", item -> page.line(4, Printable.of(item, TEXT_MAX)));
    }

    private void dropped(Map<String, Integer> dropped) {
        if (!dropped.isEmpty()) {
            List<String> shown = dropped.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .limit(page.all() ? Integer.MAX_VALUE : POOLS_SHOWN)
                    .map(pool -> pool.getValue() + " of " + name(pool.getKey()))
                    .toList();
            int more = dropped.size() - shown.size();
            page.line(
                    2,
                    "dropped by relabelling (fine if meant): " + String.join(", ", shown)
                            + (more > 0 ? ", and of " + more + " more pools" : ""));
        }
    }

    private static String name(String name) {
        return Printable.of(name, NAME_MAX);
    }
}
