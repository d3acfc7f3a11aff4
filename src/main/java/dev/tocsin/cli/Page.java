package dev.tocsin.cli;

import java.util.ArrayList;
import java.util.List;

/** Text for a person, line by line within a width. Confined: its maker. */
final class Page {
    private static final int HANG = 2;

    private final int width;
    private final List<String> lines = new ArrayList<>();

    Page(int width) {
        this.width = width;
    }

    /** A text on as many lines as it takes; what follows the first stands a little further in. */
    Page line(int indent, String text) {
        lines.addAll(Wrapped.lines(" ".repeat(indent) + text, width, indent + HANG));
        return this;
    }

    /** A word, and a text beside it that stays in its column. @param column where the text begins, behind the indent */
    Page labelled(int indent, String label, String text, int column) {
        String padded = label + " ".repeat(Math.max(0, column - label.length()));
        lines.addAll(Wrapped.lines(" ".repeat(indent) + padded + text, width, indent + column));
        return this;
    }

    /** As {@link #labelled}, of a text that is not broken: it is to be copied. */
    Page raw(int indent, String label, String text, int column) {
        lines.add(" ".repeat(indent) + label + " ".repeat(Math.max(0, column - label.length())) + text);
        return this;
    }

    /** An empty line, but never two. */
    Page gap() {
        if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        return this;
    }

    /** All lines, each with its end. */
    @Override
    public String toString() {
        int last = lines.size();
        while (last > 0 && lines.get(last - 1).isEmpty()) {
            last--;
        }
        return String.join("\n", lines.subList(0, last)) + "\n";
    }
}
