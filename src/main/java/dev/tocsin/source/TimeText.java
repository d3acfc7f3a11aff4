package dev.tocsin.source;

import dev.tocsin.health.Observation;
import java.time.Instant;
import java.time.Month;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times and durations that Go writes, from characters and without garbage. Nonsense is {@link
 * Observation#NEVER} or 0, never an exception.
 */
final class TimeText {
    private static final int YEAR_MIN = 1971;
    private static final int YEAR_MAX = 2999;
    private static final int OFFSET_MAX_MINUTES = 18 * 60;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final int NONE = -1;
    /** From 0000-03-01. */
    private static final long DAYS_TO_1970 = 719_468;

    private TimeText() {}

    static @Nullable Instant instant(String rfc3339) {
        char[] chars = rfc3339.toCharArray();
        long millis = millis(chars, 0, chars.length);
        return millis == Observation.NEVER ? null : Instant.ofEpochMilli(millis);
    }

    /** RFC 3339 with any zone offset; {@link Observation#NEVER} for the zero time, absurd years and anything else. */
    static long millis(char[] c, int at, int length) {
        // 0123456789012345678
        // 2026-11-20T04:35:51.753627224+05:30
        if (length < 20 || c[at + 4] != '-' || c[at + 7] != '-' || c[at + 13] != ':' || c[at + 16] != ':') {
            return Observation.NEVER;
        }
        char t = c[at + 10];
        int year = number(c, at, 4);
        int month = number(c, at + 5, 2);
        int day = number(c, at + 8, 2);
        int hour = number(c, at + 11, 2);
        int minute = number(c, at + 14, 2);
        int second = number(c, at + 17, 2);
        boolean sane = (t == 'T' || t == 't')
                && year >= YEAR_MIN
                && year <= YEAR_MAX
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOf(month, year)
                && inDay(hour, minute, second);
        if (!sane) {
            return Observation.NEVER;
        }
        int end = at + length;
        int i = at + 19;
        long fraction = 0;
        if (c[i] == '.') {
            int start = ++i;
            for (; i < end && isDigit(c[i]); i++) {
                fraction = i - start < 3 ? fraction * 10 + (c[i] - '0') : fraction;
            }
            for (int digits = i - start; digits < 3; digits++) {
                fraction *= 10;
            }
            if (i == start) {
                return Observation.NEVER;
            }
        }
        int offset = offsetMinutes(c, i, end);
        if (offset == Integer.MIN_VALUE) {
            return Observation.NEVER;
        }
        long ofDay = (hour * 60L + minute) * MINUTE + second * 1000L + fraction;
        return epochDay(year, month, day) * DAY + ofDay - offset * MINUTE;
    }

    /** A Prometheus duration ({@code 1h30m}, {@code 15s}, {@code 100ms}) in milliseconds; 0 for anything else. */
    static int duration(char[] c, int at, int length) {
        long total = 0;
        int i = at;
        int end = at + length;
        while (i < end) {
            long value = 0;
            int start = i;
            while (i < end && isDigit(c[i]) && i - start < 10) {
                value = value * 10 + (c[i++] - '0');
            }
            if (i == start || i == end) {
                return 0;
            }
            boolean millis = c[i] == 'm' && i + 1 < end && c[i + 1] == 's';
            total += value * (millis ? 1 : unit(c[i]));
            if (unit(c[i]) == 0 || total > Integer.MAX_VALUE) {
                return 0;
            }
            i += millis ? 2 : 1;
        }
        return (int) total;
    }

    private static boolean inDay(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    }

    private static int daysOf(int month, int year) {
        return Month.of(month).length(Year.isLeap(year));
    }

    private static long unit(char unit) {
        return switch (unit) {
            case 's' -> 1000;
            case 'm' -> MINUTE;
            case 'h' -> 60 * MINUTE;
            case 'd' -> DAY;
            case 'w' -> 7 * DAY;
            case 'y' -> 365 * DAY;
            default -> 0;
        };
    }

    private static int offsetMinutes(char[] c, int i, int end) {
        int left = end - i;
        if (left == 1 && (c[i] == 'Z' || c[i] == 'z')) {
            return 0;
        }
        if (left != 6 || c[i + 3] != ':' || (c[i] != '+' && c[i] != '-')) {
            return Integer.MIN_VALUE;
        }
        int hours = number(c, i + 1, 2);
        int minutes = number(c, i + 4, 2);
        int total = hours * 60 + minutes;
        if (hours == NONE || minutes == NONE || minutes > 59 || total > OFFSET_MAX_MINUTES) {
            return Integer.MIN_VALUE;
        }
        return c[i] == '-' ? -total : total;
    }

    /** Days since 1970-01-01, by counting from the first of March as the first day of the year. */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - DAYS_TO_1970;
    }

    private static int number(char[] c, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (!isDigit(c[i])) {
                return NONE;
            }
            value = value * 10 + (c[i] - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
