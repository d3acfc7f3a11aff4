package dev.tocsin.health;

/** Which product a source is. */
public enum SourceKind implements Named {
    PROMETHEUS,
    TRAEFIK
}
