package dev.tocsin.cli;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Finding;
import dev.tocsin.outage.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a monitor has told so far, in numbers. Confined: its event loop; pure. */
final class Tally {
    private static final int OPEN_SHOWN_MAX = 5;

    private final List<Duration> delays = new ArrayList<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private int findings;

    void take(Told told) {
        if (told instanceof Told.OfOutage of) {
            outage(of.outage());
        } else if (told instanceof Told.OfFinding of) {
            finding(of.finding());
        }
    }

    private void outage(Outage outage) {
        if (outage.change() == Outage.Change.OPENED) {
            delays.add(Duration.between(outage.startedAt(), outage.changedAt()));
        }
        keep(outage.id(), outage.open(), "outage of " + outage.scope().title());
    }

    private void finding(Finding finding) {
        findings += finding.open() ? 1 : 0;
        keep(finding.key(), finding.open(), "finding " + Words.of(finding.kind()) + " on " + finding.source());
    }

    private void keep(String key, boolean stands, String what) {
        if (stands) {
            open.put(key, Printable.of(what, 200));
        } else {
            open.remove(key);
        }
    }

    /** A line or two for a person. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(count(delays.size(), "outage") + " and " + count(findings, "finding") + "; "
                + (open.isEmpty() ? "nothing is left open" : "still open: " + shown()));
        if (!delays.isEmpty()) {
            List<Duration> sorted = new ArrayList<>(delays);
            Collections.sort(sorted);
            lines.add("from the first failed scrape until an outage was told: "
                    + Words.duration(sorted.get((sorted.size() - 1) / 2)) + " as a rule, "
                    + Words.duration(sorted.get(sorted.size() - 1)) + " at worst");
        }
        return lines;
    }

    private String shown() {
        int more = open.size() - OPEN_SHOWN_MAX;
        return String.join(", ", open.values().stream().limit(OPEN_SHOWN_MAX).toList())
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
