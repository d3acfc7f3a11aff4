package dev.tocsin.cli;

import dev.tocsin.cli.EventText.Word;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Outage.Between;
import dev.tocsin.outage.Outage.DominantCause;
import dev.tocsin.outage.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** One version of an outage as the text of a line. Pure. */
final class OutageText {
    private static final int NAME_MAX = 120;
    private static final int TEXT_MAX = 300;
    private static final int NAMES_MAX = 3;

    private OutageText() {}

    static Word word(Outage outage) {
        return switch (outage.change()) {
            case OPENED -> Word.OPENED;
            case CHANGED -> Word.CHANGED;
            case RESOLVED -> Word.RESOLVED;
            case CLOSED -> Word.CLOSED;
        };
    }

    /** @param time how times within the line are written */
    static Parts text(Outage outage, DateTimeFormatter time) {
        Parts parts = new Parts().add(what(outage));
        if (outage.open()) {
            open(outage, parts);
        }
        parts.add(Words.reason(outage.reason()));
        if (outage.open()) {
            DominantCause cause = outage.cause();
            parts.add(cause == null ? "" : Printable.of(cause.remedy(), TEXT_MAX));
            parts.add("since " + time.format(outage.startedAt()));
        } else {
            ended(outage, parts, time);
        }
        return parts.add(outage.id());
    }

    private static String what(Outage outage) {
        Scope scope = outage.scope();
        String title = Printable.of(scope.title(), NAME_MAX);
        String cluster = " in " + Printable.of(scope.cluster(), NAME_MAX);
        if (scope instanceof Scope.Job) {
            return title + cluster + (outage.open() ? ": " + Words.verdict(outage) : "");
        }
        boolean ownCluster = scope.title().equals(scope.cluster());
        return scope instanceof Scope.Source ? "source " + title + (ownCluster ? "" : cluster) : title;
    }

    private static void open(Outage outage, Parts parts) {
        if (!(outage.scope() instanceof Scope.Job)) {
            parts.add(Printable.of(outage.detail(), TEXT_MAX)); // names the sources, and says what to do
            parts.add(part(outage));
            return;
        }
        DominantCause cause = outage.cause();
        if (cause != null) {
            parts.add((cause.share() < 1 ? "mostly " : "") + Printable.of(Words.cause(cause.kind()), TEXT_MAX));
        }
        if (outage.change() == Outage.Change.OPENED || outage.version() == 1) {
            parts.add(names("", outage.members().down(), outage.members().downTotal()));
        } else {
            List<String> joined = outage.members().joined();
            List<String> left = outage.members().left();
            parts.add(names("joined ", joined, joined.size()));
            parts.add(names("left ", left, left.size()));
        }
        List<String> blind = outage.vantages().blind();
        parts.add(names("blind ", blind, blind.size()));
        parts.add(outage.flapping() ? "flapping" : "");
        parts.add(ImpactText.of(outage.both()));
        parts.add(part(outage));
    }

    private static String part(Outage outage) {
        String parent = outage.parent() == null ? outage.suppressedBy() : outage.parent();
        return parent == null ? "" : "part of " + Printable.of(parent, NAME_MAX);
    }

    private static void ended(Outage outage, Parts parts, DateTimeFormatter time) {
        Between between = outage.endedBetween();
        Instant end = outage.resolvedAt() == null ? outage.changedAt() : outage.resolvedAt();
        if (between == null) {
            parts.add("after " + Words.duration(Duration.between(outage.startedAt(), end)));
        } else {
            parts.add("between " + time.format(between.from()) + " and " + time.format(between.to()));
        }
    }

    private static String names(String before, List<String> names, int total) {
        if (names.isEmpty()) {
            return "";
        }
        String shown = names.stream()
                .limit(NAMES_MAX)
                .map(name -> Printable.of(name, NAME_MAX))
                .collect(Collectors.joining(", "));
        int more = Math.max(total, names.size()) - Math.min(NAMES_MAX, names.size());
        return before + shown + (more > 0 ? " and " + more + " more" : "");
    }
}
