package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate is expiring when somebody should have renewed it. */
class CertificateTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // not before, not after, now, expiring
                "2026-11-20, 2026-12-10, 2026-11-21, false", // 20 days: Traefik warns from the first on
                "2026-11-20, 2026-12-10, 2026-12-07, false",
                "2026-11-20, 2026-12-10, 2026-12-09, true",
                "2026-01-01, 2027-01-01, 2026-12-17, false", // a year: 14 days
                "2026-01-01, 2027-01-01, 2026-12-19, true",
                "2026-01-01, 2027-01-01, 2027-02-01, true", // the past
                "-, 2027-01-01, 2026-12-17, false",
                "-, 2027-01-01, 2026-12-19, true"
            })
    void inTheLastTenthOfItsLifeAndThe14DaysBeforeItsEnd(String from, String to, String now, boolean expiring) {
        Certificate certificate = new Certificate("shop.test", from == null ? null : day(from), day(to));

        assertThat(certificate.expiring(day(now))).isEqualTo(expiring);
    }

    private static Instant day(String text) {
        return Instant.parse(text + "T00:00:00Z");
    }
}
