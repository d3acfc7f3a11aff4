package dev.tocsin.config;

import java.util.regex.Pattern;

/** How keys and values are written in a mistake: on one line, cut, without control characters. */
final class Paths {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final int SHOWN_MAX = 60;

    private Paths() {}

    /** The path of a key under a path, as {@code sources[0].headers."X A"}. */
    static String child(String path, String key) {
        String shown = WORD.matcher(key).matches() ? key : shown(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    /** A text in quotes, cut and escaped. */
    static String shown(String text) {
        return "\"" + printable(text, SHOWN_MAX).replace("\"", "\\\"") + "\"";
    }

    /** A text cut and without anything that a terminal would obey. */
    static String printable(String text, int max) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(max).forEach(c -> {
            int type = Character.getType(c);
            boolean obeyed = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (obeyed) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > max ? out.append("...").toString() : out.toString();
    }
}
