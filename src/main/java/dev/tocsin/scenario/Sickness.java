package dev.tocsin.scenario;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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
    /** It replays its write-ahead log; what follows is a start. A Traefik has no configuration yet, and answers 404. */
    STARTING,
    /** It drains; it starts anew when it recovers. A Traefik refuses whoever asks, and goes on with its clients. */
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

    /** What can be the matter with a Traefik too. */
    static final Set<Sickness> OF_TRAEFIK =
            EnumSet.of(REFUSES, BLIND, HANGS, NAMELESS, UNAUTHORIZED, BROKEN, STARTING, STOPPING, ISOLATED);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
