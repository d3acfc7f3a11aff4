package dev.tocsin.source;

/** A router that does not serve. Immutable. @param name qualified @param error of its errors the first; cleaned and redacted */
public record BrokenRouter(String name, String error) {}
