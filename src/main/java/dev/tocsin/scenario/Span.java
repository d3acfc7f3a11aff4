package dev.tocsin.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time such as {@code 1m30s}. */
final class Span {
    private static final Pattern FORM =
            Pattern.compile("(?=[0-9])(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?");

    private Span() {}

    static Optional<Duration> of(String text) {
        Matcher m = FORM.matcher(text);
        return m.matches()
                ? Optional.of(Duration.ofHours(number(m.group(1)))
                        .plusMinutes(number(m.group(2)))
                        .plusSeconds(number(m.group(3))))
                : Optional.empty();
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static String text(Duration span) {
        String text = (span.toHours() == 0 ? "" : span.toHours() + "h")
                + (span.toMinutesPart() == 0 ? "" : span.toMinutesPart() + "m")
                + (span.toSecondsPart() == 0 ? "" : span.toSecondsPart() + "s");
        return text.isEmpty() ? "0s" : text;
    }
}
