package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Observation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static long millis(String text) {
        char[] chars = ("##" + text + "##").toCharArray();
        return TimeText.millis(chars, 2, text.length());
    }

    @Test
    void timesOfEveryZoneAreReadAsJavaReadsThem() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(63_072_000L + (random.nextLong() >>> 30), random.nextInt(1_000_000_000));
            OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2_000) - 1_000)));

            if (time.getYear() < 2999) {
                assertThat(millis(time.toString().contains(":") ? withSeconds(time) : ""))
                        .as("%s, seed %d", time, seed)
                        .isEqualTo(instant.toEpochMilli());
            }
        }
    }

    private static String withSeconds(OffsetDateTime time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX").format(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T04:35:51Z, 2026-11-20T04:35:51Z",
        "2026-11-20T04:35:51.7Z, 2026-11-20T04:35:51.700Z",
        "2026-11-20T10:05:51.753627224+05:30, 2026-11-20T04:35:51.753Z",
        "2024-02-29T23:59:59-03:30, 2024-03-01T03:29:59Z",
    })
    void timesAreReadInMilliseconds(String text, Instant expected) {
        assertThat(Instant.ofEpochMilli(millis(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "0001-01-01T00:00:00Z",
                "9999-01-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T04:60:00Z",
                "2026-11-20T04:35:51.Z",
                "2026-11-20T04:35:51+0530",
                "2026-11-20T04:35:51+99:99",
                "2026-11-20T04:35:51ZZ",
                "-026-11-20T04:35:51Z",
                "2026-11-20T04:35:5xZ"
            })
    void anythingElseIsNever(String text) {
        assertThat(millis(text)).isEqualTo(Observation.NEVER);
        assertThat(TimeText.instant(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "15s, 15000",
        "1m, 60000",
        "1h30m, 5400000",
        "100ms, 100",
        "1m500ms, 60500",
        "1d, 86400000",
        "1w, 604800000",
        "'', 0",
        "15, 0",
        "s, 0",
        "1x, 0",
        "-1s, 0",
        "1s2, 0",
        "99999999999s, 0",
        "1y, 0",
        "1000000000h, 0",
    })
    void durationsAreReadInMilliseconds(String text, int expected) {
        char[] chars = ("9" + text + "9").toCharArray();

        assertThat(TimeText.duration(chars, 1, text.length())).isEqualTo(expected);
    }
}
