package dev.tocsin.cli;

import java.util.ArrayList;
import java.util.List;

/** A text on lines of limited width, broken between words. Pure. */
final class Wrapped {
    private Wrapped() {}

    /**
     * The lines, at least one; a word that fits on no line is broken.
     *
     * @param text printable, on one line; spaces within it stay, but for those at a break
     * @param width code points of a line at most
     * @param indent spaces before each line but the first
     */
    static List<String> lines(String text, int width, int indent) {
        if (indent < 0 || width <= indent) {
            throw new IllegalArgumentException("width: got " + width + ", want more than the indent of " + indent);
        }
        List<String> lines = new ArrayList<>();
        String margin = "";
        int from = 0;
        int end = end(text, from, width);
        while (end < text.length()) {
            lines.add(margin + text.substring(from, end).stripTrailing());
            from = skipSpaces(text, end);
            margin = " ".repeat(indent);
            end = end(text, from, width - indent);
        }
        if (from < text.length() || lines.isEmpty()) {
            lines.add(margin + text.substring(from).stripTrailing());
        }
        return lines;
    }

    /** Where the line that begins there must end: at the last space that has room, or where the room ends. */
    private static int end(String text, int from, int room) {
        if (text.length() - from <= room
                || text.codePointCount(from, Math.min(text.length(), from + 2 * room + 1)) <= room) {
            return text.length();
        }
        int full = text.offsetByCodePoints(from, room);
        int space = text.lastIndexOf(' ', full);
        return space > skipSpaces(text, from) ? space : full;
    }

    private static int skipSpaces(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }
}
