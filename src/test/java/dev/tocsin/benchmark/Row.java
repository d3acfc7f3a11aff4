package dev.tocsin.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * One line of the table. Immutable.
 *
 * @param against what it is held against: a peer of the same run, or a limit
 * @param goal empty for a figure that has none
 * @param verdict {@code PASS}, {@code FAIL} or empty
 * @param strict whether a miss is a failure on any machine: a ratio, a count or a size, never a time on the wall
 */
public record Row(String name, String ours, String against, String ratio, String goal, String verdict, boolean strict) {
    private static final String MARK = "ROW";
    private static final String TAB = "\t";

    static final List<String> HEADER = List.of("measure", "ours", "against", "ratio", "goal", "");

    /** A figure with a goal that holds on any machine. */
    public static Row held(String name, String ours, String against, String ratio, String goal, boolean met) {
        return new Row(name, ours, against, ratio, goal, met ? "PASS" : "FAIL", true);
    }

    /** A figure with a goal in time, which a busy machine may miss. */
    public static Row timed(String name, String ours, String against, String ratio, String goal, boolean met) {
        return new Row(name, ours, against, ratio, goal, met ? "PASS" : "FAIL", false);
    }

    /** A figure without a goal. */
    public static Row told(String name, String ours, String against, String ratio) {
        return new Row(name, ours, against, ratio, "", "", false);
    }

    public static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Hands the row to the process that collects them. */
    public void print() {
        System.out.println(String.join(TAB, MARK, name, ours, against, ratio, goal, verdict, String.valueOf(strict)));
    }

    static boolean isRow(String line) {
        return line.startsWith(MARK + TAB);
    }

    static Row parse(String line) {
        String[] cells = line.split(TAB, -1);
        return new Row(cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], Boolean.parseBoolean(cells[7]));
    }

    List<String> cells() {
        return List.of(name, ours, against, ratio, goal, verdict);
    }

    boolean failed() {
        return verdict.equals("FAIL");
    }
}
