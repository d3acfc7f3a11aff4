package dev.tocsin.health;

/** Reads a cause from the error text of a failed scrape. */
@FunctionalInterface
public interface CauseReader {
    /** The cause that the text names; never fails, whatever the text is. */
    Cause read(String lastError);
}
