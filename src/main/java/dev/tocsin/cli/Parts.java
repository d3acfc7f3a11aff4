package dev.tocsin.cli;

import java.util.ArrayList;
import java.util.List;

/** The parts of a line, empty ones left out. Confined: the line's maker. */
final class Parts {
    private static final String BETWEEN = " | ";

    private final List<String> parts = new ArrayList<>();

    Parts add(String part) {
        if (!part.isBlank()) {
            parts.add(part.strip());
        }
        return this;
    }

    /**
     * The parts on lines of limited width, as many on a line as fit; one that fits on no line is broken between words.
     *
     * @param start of the first line, as long as {@code indent}
     * @param indent spaces before each line but the first
     */
    List<String> lines(String start, int width, int indent) {
        List<String> lines = new ArrayList<>();
        String line = start;
        boolean begun = false;
        for (String part : parts) {
            String more = line + (begun ? BETWEEN : "") + part;
            if (begun && more.codePointCount(0, more.length()) > width) {
                lines.add(line);
                more = " ".repeat(indent) + part;
            }
            List<String> broken = Wrapped.lines(more, width, indent);
            lines.addAll(broken.subList(0, broken.size() - 1));
            line = broken.get(broken.size() - 1);
            begun = true;
        }
        lines.add(line);
        return lines;
    }

    /** All on one line. */
    @Override
    public String toString() {
        return String.join(BETWEEN, parts);
    }
}
