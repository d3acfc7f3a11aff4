package dev.tocsin.health;

/** The layer at which a scrape failed. */
public enum CauseFamily implements Named {
    TRANSPORT,
    DNS,
    TIMEOUT,
    AUTH,
    TLS,
    HTTP_STATUS,
    LIMIT,
    CONTENT,
    CONFIG,
    OBSERVER,
    UNKNOWN
}
