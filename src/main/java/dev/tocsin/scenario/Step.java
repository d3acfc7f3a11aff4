package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;

/** One line of a story. Immutable. */
public sealed interface Step {
    Place place();

    /** The line as it was written. */
    String text();

    /** Lets time pass until then. @param since whether it is counted from the moment before, not from the beginning */
    record At(Place place, String text, Duration time, boolean since) implements Step {}

    /** Does something now, and what follows from it later. */
    record Act(Place place, String text, List<Timed> commands) implements Step {}

    record Expect(Place place, String text, Expectation expectation) implements Step {}

    /** @param after from now */
    record Timed(Duration after, Command command) {}
}
