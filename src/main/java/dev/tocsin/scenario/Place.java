package dev.tocsin.scenario;

/**
 * A place in a scenario's file. Immutable.
 *
 * @param line from 1
 * @param column from 1
 */
public record Place(String file, int line, int column) {
    /** {@code FILE:LINE:COL}, as compilers say it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
