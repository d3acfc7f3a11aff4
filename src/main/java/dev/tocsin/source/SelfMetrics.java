package dev.tocsin.source;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a Prometheus exports of itself, as far as it is of interest. Immutable.
 *
 * @param byName the series of each metric
 */
public record SelfMetrics(Map<String, List<Sample>> byName) {
    public SelfMetrics {
        byName = Map.copyOf(byName);
    }

    /** The metric's value, of the first of its series; empty when the page has none. */
    public OptionalDouble value(String name) {
        return of(name).stream().mapToDouble(Sample::value).findFirst();
    }

    /** The metric's values above zero, by one of its labels, added up. */
    public Map<String, Double> positive(String name, String label) {
        Map<String, Double> by = new TreeMap<>();
        of(name).stream()
                .filter(sample -> sample.value() > 0)
                .forEach(sample -> by.merge(sample.label(label), sample.value(), Double::sum));
        return by;
    }

    /** The sums above zero of all metrics whose name is chosen, by name. */
    public Map<String, Double> positive(Predicate<String> chosen) {
        Map<String, Double> by = new TreeMap<>();
        byName.forEach((name, samples) -> {
            double sum = samples.stream()
                    .mapToDouble(Sample::value)
                    .filter(value -> value > 0)
                    .sum();
            if (chosen.test(name) && sum > 0) {
                by.put(name, sum);
            }
        });
        return by;
    }

    /** The series of one metric; none when the page has none. */
    public List<Sample> of(String name) {
        return byName.getOrDefault(name, List.of());
    }
}
