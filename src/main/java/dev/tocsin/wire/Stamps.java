package dev.tocsin.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as records write them: RFC 3339 in UTC, always with three decimals. */
public final class Stamps {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final char[] FORM = "0000-00-00T00:00:00.000Z".toCharArray();

    private Stamps() {}

    /** The text of a time; RFC 3339 ends with the years 0 and 9999, and what lies outside is written as the nearest. */
    public static String text(Instant time) {
        Instant written = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        LocalDateTime at = LocalDateTime.ofEpochSecond(written.getEpochSecond(), written.getNano(), ZoneOffset.UTC);
        /* By hand: a DateTimeFormatter took a third of what a health record costs to write, which has five of them. */
        char[] text = FORM.clone();
        digits(text, 3, at.getYear());
        digits(text, 6, at.getMonthValue());
        digits(text, 9, at.getDayOfMonth());
        digits(text, 12, at.getHour());
        digits(text, 15, at.getMinute());
        digits(text, 18, at.getSecond());
        digits(text, 22, at.getNano() / NANOS_PER_MILLI);
        return new String(text);
    }

    /** Writes a number that ends there, over the zeros. */
    private static void digits(char[] text, int end, int number) {
        int at = end;
        for (int left = number; left > 0; left /= 10) {
            text[at--] = (char) ('0' + left % 10);
        }
    }
}
