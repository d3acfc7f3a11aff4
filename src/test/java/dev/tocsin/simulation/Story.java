package dev.tocsin.simulation;

import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.outage.Outage;

/** Records as a line for people who read a failed test. */
final class Story {
    private Story() {}

    static String of(Outage outage) {
        return "%s %s v%d %s%s: %d down %d gone of %d"
                .formatted(
                        outage.scope().title(),
                        outage.change().text(),
                        outage.version(),
                        outage.reason().text(),
                        outage.verdict() == null ? "" : " " + outage.verdict().text(),
                        outage.counts().down(),
                        outage.counts().gone(),
                        outage.counts().expected());
    }

    static String of(HealthDelta delta) {
        return "%s %s %s -> %s since %s"
                .formatted(
                        delta.target().source().name(),
                        delta.target().instance(),
                        delta.from() == null ? "nothing" : delta.from().health().text(),
                        delta.to().health(),
                        delta.to().since());
    }

    static String of(Finding finding) {
        return (finding.open() ? "finding " : "cleared ") + finding.kind().text();
    }
}
