package dev.tocsin.scenario;

import java.util.Locale;

/** What can be the matter with a source. */
public enum Sickness {
    /** Nothing listens there: its process is gone, and starts anew when it recovers. */
    REFUSES,
    /** We do not reach it; it goes on scraping. */
    BLIND,
    /** It is asked and does not answer in time. */
    HANGS,
    /** Its name is not known. */
    NAMELESS,
    UNAUTHORIZED,
    /** It answers 500. */
    BROKEN,
    /** It replays its write-ahead log; what follows is a start. */
    STARTING,
    /** It drains; it starts anew when it recovers. */
    STOPPING,
    /** Its target list stalls while it says that it is ready. */
    RELOADING,
    /** It answers, but scrapes no more. */
    FROZEN,
    /** None of its scrapes reaches anything. */
    ISOLATED,
    /** The last reload of its configuration failed. */
    MISCONFIGURED,
    /** It does not tell when it was started. */
    RETICENT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
