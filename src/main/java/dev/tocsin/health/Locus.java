package dev.tocsin.health;

/** Who is sick: the target, the path to it, the observing server, somebody's configuration. */
public enum Locus implements Named {
    TARGET,
    PATH,
    OBSERVER,
    CONFIG,
    UNKNOWN
}
