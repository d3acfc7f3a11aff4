package dev.tocsin.poll;

import java.time.Duration;

/** What a round means for the next one. Immutable. */
sealed interface Outcome {
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
