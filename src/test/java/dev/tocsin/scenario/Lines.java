package dev.tocsin.scenario;

import java.util.List;

/** Lines of a story between a setting and an end. */
final class Lines {
    static final String SETTING = """
            title A story
            source prom-a, prom-b cluster eu
            source prom-us cluster us
            job checkout in eu has 12 instances
            job node in eu has 10.0.0.7:9100, 10.0.0.8:9100
            job node in us has 3 instances
            """;

    private static final String END = "\nexpect all over\n";

    private Lines() {}

    static List<String> mistakes(String lines) {
        return ScenarioReader.read("a.scenario", SETTING + lines + END).mistakes().stream()
                .map(Mistake::toString)
                .toList();
    }

    static Scenario read(String lines) {
        ScenarioReader.Read read = ScenarioReader.read("a.scenario", SETTING + lines + END);
        if (!read.mistakes().isEmpty()) {
            throw new AssertionError(read.mistakes());
        }
        return read.scenario().orElseThrow();
    }
}
