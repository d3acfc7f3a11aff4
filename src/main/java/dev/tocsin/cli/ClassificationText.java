package dev.tocsin.cli;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseKind;
import java.util.ArrayList;
import java.util.List;

/** A classification for a person: what and who is sick, then what to do. Pure. */
final class ClassificationText {
    private static final int WIDTH = 100;
    private static final int LABEL = 11;
    private static final int DETAIL_MAX = 512;

    private ClassificationText() {}

    static List<String> lines(Classification of) {
        Cause cause = of.classified().cause();
        CauseKind kind = cause.kind();
        List<String> lines = new ArrayList<>(Wrapped.lines(Words.cause(kind), WIDTH, 2));
        lines.addAll(row(
                "cause",
                "family " + kind.family().text() + ", sub-cause " + kind.subCause() + ", locus "
                        + kind.locus().text()));
        lines.addAll(row("detail", Printable.of(cause.detail(), DETAIL_MAX)));
        lines.addAll(row("remedy", cause.remedy()));
        String label = label("check");
        for (String line : CheckLines.of(of.check(), WIDTH - LABEL)) {
            lines.add(label + line);
            label = " ".repeat(LABEL);
        }
        lines.addAll(
                row("rule", of.rule().order() + ": " + Printable.of(of.rule().regex(), Integer.MAX_VALUE)));
        if (of.unwrapped()) {
            lines.addAll(row("note", "read as the end of Get \"URL\": ..., which the text lacks"));
        }
        if (of.skipped() > 0) {
            lines.addAll(row("note", "the text was cut: its last " + of.skipped() + " bytes were not read"));
        }
        return lines;
    }

    private static List<String> row(String name, String text) {
        return Wrapped.lines(label(name) + text, WIDTH, LABEL);
    }

    private static String label(String name) {
        return String.format("  %-" + (LABEL - 2) + "s", name);
    }
}
