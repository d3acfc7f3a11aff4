package dev.tocsin.health;

/**
 * Why a target is down. Immutable.
 *
 * @param detail the error text: cut, redacted, without control characters; hostile text all the same
 * @param remedy what to do next, one sentence
 */
public record Cause(CauseKind kind, String detail, String remedy) {}
