package dev.tocsin.source;

import java.util.Map;

/**
 * One series and its value now, of a metrics page or of a query's answer. Immutable.
 *
 * @param labels without the metric's name
 * @param value may be NaN or infinite
 */
public record Sample(Map<String, String> labels, double value) {
    public Sample {
        labels = Map.copyOf(labels);
    }

    /** A label's value; "" when there is none, which is the same to Prometheus. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
