package dev.tocsin.health;

/** The streams of records, each a topic or a folder of the file log. */
public enum Stream implements Named {
    HEALTH,
    OUTAGES,
    FINDINGS,
    WATERMARKS
}
