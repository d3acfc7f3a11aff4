package dev.tocsin.source;

import java.util.OptionalDouble;

/** A number as Prometheus writes it: {@code 1}, {@code 1e+21}, {@code NaN}, {@code +Inf}. Stateless. */
final class GoNumber {
    private static final int LENGTH_MAX = 40;
    private static final int PLAIN_MAX = 9; // digits of any int

    private GoNumber() {}

    /** Empty when the text is none. */
    static OptionalDouble of(String text) {
        if (text.length() <= PLAIN_MAX && isPlain(text)) {
            return OptionalDouble.of(Integer.parseInt(text));
        }
        return switch (text) {
            case "NaN" -> OptionalDouble.of(Double.NaN);
            case "+Inf", "Inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> decimal(text);
        };
    }

    /* Java would take more: hexadecimal numbers, a d at the end. */
    private static OptionalDouble decimal(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX || !isDecimal(text)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!inDecimal(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /* Digits alone, as most are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean inDecimal(char c) {
        return c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
    }
}
