package dev.tocsin.scenario;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One record that the monitor wrote, in the words of the language. Immutable.
 *
 * @param at since the beginning of the story
 * @param state of an outage {@code opened changed resolved closed}, of a finding {@code opened cleared}, of a target its
 *     health, of a source its state
 * @param id of an outage; "" for anything else
 */
public record Told(Duration at, Stream stream, Subject subject, String state, String id, Map<Fact, String> facts) {
    /** Where it was told. */
    public enum Stream {
        OUTAGE,
        FINDING,
        HEALTH,
        /** How a source is; told with each poll. */
        SOURCE
    }

    public Told {
        facts = facts.isEmpty() ? Map.of() : Map.copyOf(facts);
    }

    boolean is(String wanted) {
        return state.equals(wanted);
    }

    /** Whether it is an outage that stands after this. */
    boolean open() {
        return is("opened") || is("changed");
    }

    @Override
    public String toString() {
        String more = new EnumMap<>(facts.isEmpty() ? new EnumMap<Fact, String>(Fact.class) : facts)
                .entrySet().stream()
                        .filter(fact -> !fact.getValue().isEmpty())
                        .map(fact -> " " + fact.getKey().word() + " " + fact.getValue())
                        .collect(Collectors.joining());
        return Span.text(at) + " " + stream.name().toLowerCase(java.util.Locale.ROOT) + " " + subject + " " + state
                + more;
    }
}
