package dev.tocsin.bus;

/** The addresses of the event bus, and what is on each. Nowhere else is an address written. */
public final class Addresses {
    /** {@code DeltaBatch}, one per poll of a source, also when nothing changed; published by pollers. */
    public static final String BATCHES = "tocsin.batches";

    /** {@code Decided}: outage versions and findings to be logged; published by the correlators and the source watch. */
    public static final String DECISIONS = "tocsin.decisions";

    /** {@code Told.Group}: records that are safe in the log; published by the log, in the order of the log. */
    public static final String TOLD = "tocsin.told";

    /** {@code Restored}, once, before the first poll; published by the log. */
    public static final String RESTORED = "tocsin.restored";

    /** {@code History}, a request: answered with a {@code History.Page} by the log. */
    public static final String HISTORY = "tocsin.history";

    private Addresses() {}
}
