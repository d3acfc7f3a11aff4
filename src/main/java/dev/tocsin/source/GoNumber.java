package dev.tocsin.source;

import java.util.OptionalDouble;

/** A number as Prometheus writes it: {@code 1}, {@code 1e+21}, {@code NaN}, {@code +Inf}. Stateless. */
final class GoNumber {
    private static final int LENGTH_MAX = 40;

    private GoNumber() {}

    /** Empty when the text is none. */
    static OptionalDouble of(String text) {
        return switch (text) {
            case "NaN" -> OptionalDouble.of(Double.NaN);
            case "+Inf", "Inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> decimal(text);
        };
    }

    /* Java would take more: hexadecimal numbers, a d at the end. */
    private static OptionalDouble decimal(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX || !text.chars().allMatch(GoNumber::inDecimal)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean inDecimal(int c) {
        return c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
    }
}
