package dev.tocsin.poll;

import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.source.Exchange;
import java.time.Duration;

/** What a round means for the next one. Immutable. */
sealed interface Outcome {
    /**
     * What a round comes to.
     *
     * @param list how the question ended without which there is no result
     * @param millis that the answer took
     * @param bytes of it
     */
    static Outcome of(Exchange<?> list, PollResult result, long millis, long bytes) {
        if (list instanceof Exchange.Refused<?> refused) {
            if (refused.status() == 401 || refused.status() == 403 || refused.status() == 407) {
                return new Denied();
            }
            Duration pause = refused.retryAfter();
            if (pause != null && (refused.status() == 429 || refused.status() == 503)) {
                return new ToldToWait(pause);
            }
        }
        if (!(result instanceof PollResult.Dark dark)) {
            return new Answered(millis, bytes);
        } else if (dark.state() == SourceState.BLIND) {
            return new Dark();
        }
        return dark.state() == SourceState.RELOADING ? new TooSlow() : new NotServing();
    }

    /** A whole target list. */
    record Answered(long millis, long bytes) implements Outcome {}

    /** It is alive, but not (yet) serving: starting, stopping. */
    record NotServing() implements Outcome {}

    /** It missed the deadline and says that it is ready. */
    record TooSlow() implements Outcome {}

    /** No answer, or none we can use. */
    record Dark() implements Outcome {}

    /** It does not accept our credentials; asking often may lock an account. */
    record Denied() implements Outcome {}

    /** It asked for a pause, already within our bounds. */
    record ToldToWait(Duration pause) implements Outcome {}

    /** We slept in the middle of it: it says nothing. */
    record Void() implements Outcome {}
}
