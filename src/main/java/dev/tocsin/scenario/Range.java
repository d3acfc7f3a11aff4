package dev.tocsin.scenario;

import java.util.Optional;

/** Numbers from one to another, both included: {@code 12}, {@code 2..5}, {@code 2..}, {@code ..5}. Immutable. */
public record Range(double from, double to) {
    /* 0.6 is what three of five come to, whatever the last bit says. */
    private static final double EPSILON = 1e-6;

    static Optional<Range> of(String text) {
        int dots = text.indexOf("..");
        try {
            if (dots < 0) {
                double number = Double.parseDouble(text);
                return Optional.of(new Range(number, number));
            }
            String low = text.substring(0, dots);
            String high = text.substring(dots + 2);
            double from = low.isEmpty() ? Double.NEGATIVE_INFINITY : Double.parseDouble(low);
            double to = high.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(high);
            return low.isEmpty() && high.isEmpty() ? Optional.empty() : Optional.of(new Range(from, to));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean holds(double number) {
        return number >= from - EPSILON && number <= to + EPSILON;
    }
}
