package dev.tocsin.health;

/** How a source is, as a vantage point. Only {@link #READY} votes. */
public enum SourceState implements Named {
    READY,
    /** Not serving yet: write-ahead log replay. */
    STARTING,
    /** Serving, but its pools are empty or unscraped since it started or since we first saw it. */
    WARMING,
    /** Its target list stalls while it answers readiness. */
    RELOADING,
    STOPPING,
    /** Answers, but its scrapes stand still. */
    FROZEN,
    /** No answer, or none we can use. */
    BLIND,
    /** Nearly everything behind it failed at once: it is more likely the sick one. */
    SUSPECT;

    public boolean votes() {
        return this == READY;
    }

    /** Why a source is in a state other than ready. */
    public enum Why implements Named {
        NOT_ASKED,
        REFUSED,
        UNREACHABLE,
        TIMEOUT,
        DNS,
        TLS,
        HTTP_STATUS,
        AUTH,
        REDIRECT,
        NOT_JSON,
        API_ERROR,
        MALFORMED,
        LIMIT,
        WAL_REPLAY,
        DRAINING
    }
}
