package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @ParameterizedTest
    @DisplayName("F14: a pause is honoured within our bounds")
    @CsvSource(
            delimiter = '|',
            value = {
                "30                            | PT30S",
                "0                             | PT5S",
                "1000000000                    | PT5M",
                "99999999999999999999999999999 | PT5M",
                "Thu, 01 Jan 1970 00:00:00 GMT | PT5S",
                "Sat, 21 Nov 2026 00:01:00 GMT | PT1M",
                "Tue, 31 Dec 2999 00:00:00 GMT | PT5M",
                "-5                            |",
                "soon                          |",
                "''                            |",
            })
    void aPauseIsHonouredWithinOurBounds(String header, Duration pause) {
        assertThat(RetryAfter.of(header, NOW, INTERVAL)).isEqualTo(pause);
    }

    @Test
    void noHeaderIsNoPause() {
        assertThat(RetryAfter.of(null, NOW, INTERVAL)).isNull();
    }

    @Test
    void anUnreadableDateIsNone() {
        assertThat(RetryAfter.date("yesterday")).isNull();
        assertThat(RetryAfter.date("Sat, 21 Nov 2026 00:00:00 GMT")).isEqualTo(NOW);
    }
}
