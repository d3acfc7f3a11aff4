package dev.tocsin.poll;

import io.vertx.core.Future;
import java.time.Duration;

/** Asks one source one round of questions. Confined: its poller. */
interface Asker {
    /** Asks; the future never fails but by a bug. @param poll number of the round */
    Future<Asked> ask(long poll, Duration deadline);

    /** Closes its connections. */
    Future<Void> close();
}
