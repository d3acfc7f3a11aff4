package dev.tocsin.poll;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.PollResult;
import java.time.Duration;

/** What remembers the targets of one source, and says what a poll changed. Confined: the poller. */
@FunctionalInterface
interface Table {
    DeltaBatch poll(PollResult result, Duration pollInterval);
}
