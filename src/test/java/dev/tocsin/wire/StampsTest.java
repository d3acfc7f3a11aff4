package dev.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StampsTest {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    @Test
    void aTimeIsWrittenAsTheFormSaysIt() {
        Random random = new Random(1);
        long seconds = LAST.getEpochSecond() - FIRST.getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            Instant time =
                    FIRST.plusSeconds((long) (random.nextDouble() * seconds)).plusNanos(random.nextInt(1_000_000_000));

            assertThat(Stamps.text(time)).isEqualTo(FORM.format(time));
        }
    }

    @Test
    void outsideOfTheFourDigitYearsItIsTheNearestTime() {
        assertThat(Stamps.text(Instant.MIN)).isEqualTo("0000-01-01T00:00:00.000Z");
        assertThat(Stamps.text(FIRST)).isEqualTo("0000-01-01T00:00:00.000Z");
        assertThat(Stamps.text(LAST.plusNanos(999_999))).isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(Stamps.text(Instant.MAX)).isEqualTo("9999-12-31T23:59:59.999Z");
    }
}
