package dev.tocsin.config;

import java.util.Comparator;

/**
 * A place in a file, or on the command line. Immutable.
 *
 * @param file as the operator named it
 * @param line from 1; 0 for the whole file
 * @param column from 1; 0 for the whole file
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
    public static final Place COMMAND_LINE = new Place("command line", 0, 0);

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparingInt(Place::line).thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code FILE:LINE:COL}, as compilers say it. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
