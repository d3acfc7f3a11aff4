package dev.tocsin.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        List<String> trace = trace();
        String shown = trace.isEmpty()
                ? "  nothing"
                : String.join("\n", trace.subList(Math.max(0, trace.size() - SHOWN_MAX), trace.size()));
        return line + "\nat " + Span.text(at) + ": " + why + "\ntold until then:\n" + shown;
    }

    /* What is told of many targets in one second is one line. */
    private List<String> trace() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < told.size(); ) {
            Told first = told.get(i);
            int same = i + 1;
            while (same < told.size() && alike(first, told.get(same))) {
                same++;
            }
            lines.add("  " + first + (same - i > 1 ? " and " + (same - i - 1) + " more" : ""));
            i = same;
        }
        return lines;
    }

    private static boolean alike(Told a, Told b) {
        return a.stream() == Told.Stream.HEALTH
                && b.stream() == Told.Stream.HEALTH
                && a.at().equals(b.at())
                && a.state().equals(b.state());
    }
}
