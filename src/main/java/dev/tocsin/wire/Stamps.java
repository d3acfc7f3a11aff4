package dev.tocsin.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as records write them: RFC 3339 in UTC, always with three decimals. */
public final class Stamps {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final byte[] FORM = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    static final int LENGTH = FORM.length;

    private Stamps() {}

    /** The text of a time; RFC 3339 ends with the years 0 and 9999, and what lies outside is written as the nearest. */
    public static String text(Instant time) {
        byte[] text = new byte[LENGTH];
        write(time, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Writes the text of a time in ASCII from that place on. */
    static void write(Instant time, byte[] to, int from) {
        Instant written = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        LocalDateTime at = LocalDateTime.ofEpochSecond(written.getEpochSecond(), written.getNano(), ZoneOffset.UTC);
        /* By hand: a DateTimeFormatter took a third of what a health record costs to write, which has five of them. */
        System.arraycopy(FORM, 0, to, from, LENGTH);
        digits(to, from + 3, at.getYear());
        digits(to, from + 6, at.getMonthValue());
        digits(to, from + 9, at.getDayOfMonth());
        digits(to, from + 12, at.getHour());
        digits(to, from + 15, at.getMinute());
        digits(to, from + 18, at.getSecond());
        digits(to, from + 22, at.getNano() / NANOS_PER_MILLI);
    }

    /** Writes a number that ends there, over the zeros. */
    private static void digits(byte[] text, int end, int number) {
        int at = end;
        for (int left = number; left > 0; left /= 10) {
            text[at--] = (byte) ('0' + left % 10);
        }
    }
}
