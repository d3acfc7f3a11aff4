package dev.tocsin.poll;

import java.time.Duration;

/**
 * The next round of a source. Immutable.
 *
 * @param atMillis when, on the monotonic clock
 * @param skipped rounds that were due while the last one was still on its way
 * @param interval the pace as it stands: the wait, without spread and jitter
 */
record Plan(long atMillis, int skipped, Duration interval) {}
