package dev.tocsin.cli;

/** Hostile text made fit for a terminal: on one line, cut, without anything that a terminal would obey. */
final class Printable {
    private Printable() {}

    /**
     * The text with control characters, line separators, bidi controls and lone surrogates escaped.
     *
     * @param max code points shown; a longer text ends in {@code ...}
     */
    static String of(String text, int max) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), max) + 8);
        int shown = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (shown++ == max) {
                return out.append("...").toString();
            }
            append(out, text.codePointAt(i));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int codePoint) {
        if (codePoint == '\n') {
            out.append("\\n");
        } else if (codePoint == '\t') {
            out.append("\\t");
        } else if (obeyed(Character.getType(codePoint))) {
            out.append(String.format("\\u%04x", codePoint));
        } else {
            out.appendCodePoint(codePoint);
        }
    }

    private static boolean obeyed(int type) {
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
