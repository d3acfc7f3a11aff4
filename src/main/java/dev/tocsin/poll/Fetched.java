package dev.tocsin.poll;

import dev.tocsin.source.Exchange;

/**
 * How one request ended and what it took. Immutable.
 *
 * @param bytes of the body that came, after inflation
 */
record Fetched<T>(Exchange<T> exchange, long bytes, long millis) {}
