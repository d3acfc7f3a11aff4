package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be told, or how things must stand. Immutable. */
public sealed interface Expectation {

    /** How long from the last command it may take; nothing when it must be so now. */
    Duration within();

    /**
     * A record about the subject is told. Records are expected in the order in which they are told: one that opens or
     * ends something is not passed over.
     *
     * @param state {@code opened changed resolved closed cleared}; empty for whatever leaves an outage open
     * @param then whether it is told after the record that was expected last
     */
    record Record(
            Told.Stream stream,
            Subject subject,
            Optional<String> state,
            Map<Fact, String> facts,
            boolean then,
            Duration within)
            implements Expectation {}

    /** The last records about these subjects say so. */
    record Standing(Told.Stream stream, List<Subject> subjects, String state, Map<Fact, String> facts, Duration within)
            implements Expectation {}

    /** No outage is open. */
    record AllOver(Duration within) implements Expectation {}

    /** None of these is told for so long. */
    record Silence(List<Told.Stream> streams, Duration lasting) implements Expectation {
        @Override
        public Duration within() {
            return Duration.ZERO;
        }
    }

    /** So many outages have been told of, each with an id of its own. @param subject of whom; empty for all */
    record Outages(Range count, Optional<Subject> subject) implements Expectation {
        @Override
        public Duration within() {
            return Duration.ZERO;
        }
    }

    /** So many records have been told. @param since of the story */
    record Records(Range count, Told.Stream stream, Duration since) implements Expectation {
        @Override
        public Duration within() {
            return Duration.ZERO;
        }
    }
}
