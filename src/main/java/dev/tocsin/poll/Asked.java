package dev.tocsin.poll;

import dev.tocsin.health.PollResult;

/**
 * What a round brought. Immutable.
 *
 * @param bytes of the target list
 */
record Asked(PollResult result, Outcome outcome, long bytes) {}
