package dev.tocsin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Text for a person, line by line within a width. Confined: its maker. */
final class Page {
    private static final int HANG = 2;
    private static final int LABEL = 8;

    private final int width;
    private final boolean all;
    private final List<String> lines = new ArrayList<>();

    /** @param all whether lists are whole, or cut and counted */
    Page(int width, boolean all) {
        this.width = width;
        this.all = all;
    }

    /** A text on as many lines as it takes; what follows the first stands a little further in. */
    Page line(int indent, String text) {
        lines.addAll(Wrapped.lines(" ".repeat(indent) + text, width, indent + HANG));
        return this;
    }

    /** What to do, and below it what to run, which is not broken: it is to be copied. @param check may be empty */
    Page todo(int indent, String remedy, String check) {
        lines.addAll(Wrapped.lines(label(indent, "do") + remedy, width, indent + LABEL));
        String label = "check";
        for (String line : CheckLines.of(check, width - indent - LABEL)) {
            lines.add(label(indent, label) + line);
            label = "";
        }
        return this;
    }

    /** The first few of a list, and how many more there are. @param what they are; "" where that is clear */
    <T> Page each(int indent, List<T> list, int max, String what, Consumer<T> each) {
        int shown = all ? list.size() : Math.min(max, list.size());
        list.subList(0, shown).forEach(each);
        if (shown < list.size()) {
            line(
                    indent,
                    "and " + (list.size() - shown) + " more" + (what.isEmpty() ? "" : " " + what)
                            + " (--all shows them)");
        }
        return this;
    }

    boolean all() {
        return all;
    }

    /** An empty line, but never two. */
    Page gap() {
        if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        return this;
    }

    private static String label(int indent, String label) {
        return " ".repeat(indent) + label + " ".repeat(LABEL - label.length());
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
