package dev.tocsin.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as records write them: RFC 3339 in UTC, always with three decimals. */
public final class Stamps {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Stamps() {}

    /** The text of a time; RFC 3339 ends with the years 0 and 9999, and what lies outside is written as the nearest. */
    public static String text(Instant time) {
        Instant written = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        return FORM.format(written);
    }
}
