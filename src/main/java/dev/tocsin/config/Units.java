package dev.tocsin.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 1m30s} and sizes such as {@code 4KiB}. */
public final class Units {
    private static final Pattern DURATION = Pattern.compile(
            "(?=[0-9])(?:([0-9]{1,4})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,8})m(?!s))?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

    private Units() {}

    /** The duration that a text says; empty when it says none. */
    public static Optional<Duration> duration(String text) {
        Matcher m = DURATION.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(m, 1))
                .plusHours(number(m, 2))
                .plusMinutes(number(m, 3))
                .plusSeconds(number(m, 4))
                .plusMillis(number(m, 5)));
    }

    /** The bytes that a text says; empty when it says none. */
    static Optional<Long> size(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        int shift =
                switch (m.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> 0;
                };
        return Optional.of(Long.parseLong(m.group(1)) << shift);
    }

    /** The duration as an operator would write it, {@code 1m30s}. */
    static String text(Duration duration) {
        String text = (duration.toDays() == 0 ? "" : duration.toDays() + "d")
                + (duration.toHoursPart() == 0 ? "" : duration.toHoursPart() + "h")
                + (duration.toMinutesPart() == 0 ? "" : duration.toMinutesPart() + "m")
                + (duration.toSecondsPart() == 0 ? "" : duration.toSecondsPart() + "s")
                + (duration.toMillisPart() == 0 ? "" : duration.toMillisPart() + "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
