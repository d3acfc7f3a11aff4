package dev.tocsin.source;

/** Durations in Go's form, as Traefik tells them: {@code 1m30s}, {@code 1.5h}, {@code 500ms}. Stateless. */
final class GoDuration {
    private static final int LENGTH_MAX = 40;
    private static final long MILLIS_MAX = 24 * 3_600_000L;

    private GoDuration() {}

    /** Milliseconds, a day at most; the fallback for 0, less, and what is none (v2 tells what the user wrote). */
    static int millis(String text, int fallback) {
        double total = 0;
        int i = 0;
        while (i < text.length() && text.length() <= LENGTH_MAX) {
            int number = i;
            while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
                i++;
            }
            int unit = i;
            while (i < text.length() && !isDigit(text.charAt(i)) && text.charAt(i) != '.') {
                i++;
            }
            total += GoNumber.of(text.substring(number, unit)).orElse(Double.NaN) * unit(text.substring(unit, i));
        }
        return total >= 1 ? (int) Math.min(total, MILLIS_MAX) : fallback;
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "ns" -> 1e-6;
            case "us", "µs", "μs" -> 1e-3;
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> Double.NaN;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
