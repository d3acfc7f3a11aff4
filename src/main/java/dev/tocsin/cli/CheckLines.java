package dev.tocsin.cli;

import java.util.ArrayList;
import java.util.List;

/** What to run, as lines that can be copied one by one: where, and below it each command. Pure. */
final class CheckLines {
    private static final int STEP = 2;
    private static final String QUERY = "PromQL";
    private static final String GOES_ON = " \\";

    private CheckLines() {}

    /**
     * The lines. One is broken at spaces outside of quotes, and a command's line then says that it goes on; a word that is
     * longer stays whole.
     *
     * @param check steps, one a line, each as {@code where: command}
     * @param width code points of a line where words allow it
     */
    static List<String> of(String check, int width) {
        List<String> lines = new ArrayList<>();
        String place = "";
        for (String step : check.lines().toList()) {
            int colon = step.indexOf(": ");
            String where = step.substring(0, colon);
            if (!where.equals(place)) {
                place = where;
                lines.add(where + ":");
            }
            lines.addAll(broken(step.substring(colon + 2), width - STEP, where.equals(QUERY) ? "" : GOES_ON));
        }
        return lines;
    }

    private static List<String> broken(String command, int width, String goesOn) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ".repeat(STEP));
        int used = 0;
        for (String word : words(command)) {
            int length = word.codePointCount(0, word.length());
            if (used > 0 && used + 1 + length + goesOn.length() > width) {
                lines.add(line + goesOn);
                line = new StringBuilder(" ".repeat(2 * STEP));
                used = STEP;
            } else if (used > 0) {
                line.append(' ');
                used++;
            }
            line.append(word);
            used += length;
        }
        lines.add(line.toString());
        return lines;
    }

    /** What stands between spaces, but for those within quotes. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        char quote = 0;
        int from = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote == 0 && c == ' ') {
                words.add(command.substring(from, i));
                from = i + 1;
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            }
        }
        words.add(command.substring(from));
        return words;
    }
}
