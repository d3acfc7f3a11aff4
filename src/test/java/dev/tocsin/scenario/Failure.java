package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An expectation of a story that was not met. Immutable.
 *
 * @param step the line; empty when it is what was told that nobody expected
 * @param at when that was certain
 * @param told all that the monitor had told by then
 */
public record Failure(String file, Optional<Step> step, String why, Duration at, List<Told> told) {
    private static final int SHOWN_MAX = 40;

    @Override
    public String toString() {
        String line = step.map(of -> of.place() + ": " + of.text()).orElse(file);
        int from = Math.max(0, told.size() - SHOWN_MAX);
        String trace = told.isEmpty()
                ? "  nothing"
                : told.subList(from, told.size()).stream()
                        .map(each -> "  " + each)
                        .collect(Collectors.joining("\n"));
        return line + "\nat " + Span.text(at) + ": " + why + "\ntold until then:\n" + trace;
    }
}
