package dev.tocsin.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads dates and waits from headers of answers, whatever stands in them. */
final class RetryAfter {
    static final Duration MAX = Duration.ofMinutes(5);

    private static final int DIGITS_MAX = 18;

    private RetryAfter() {}

    /** The wait that a {@code Retry-After} asks for, between {@code min} and {@link #MAX}; null when it is none. */
    static @Nullable Duration of(@Nullable String header, Instant now, Duration min) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return clamped(text.length() > DIGITS_MAX ? MAX : Duration.ofSeconds(Long.parseLong(text)), min);
        }
        Instant until = date(text);
        return until == null ? null : clamped(Duration.between(now, until), min);
    }

    /** An HTTP date; null when it is none. */
    static @Nullable Instant date(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip(), Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Duration clamped(Duration wanted, Duration min) {
        Duration atMost = wanted.compareTo(MAX) > 0 ? MAX : wanted;
        return atMost.compareTo(min) < 0 ? min : atMost;
    }
}
