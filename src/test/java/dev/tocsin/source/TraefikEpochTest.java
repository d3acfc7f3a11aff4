package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Since when a configuration is in force, by what a Traefik tells of itself. */
class TraefikEpochTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MORNING = NOON.minusSeconds(14_400);

    private final TraefikEpoch epoch = new TraefikEpoch();

    @Test
    void atFirstSightItIsAsOldAsItsClockSays() {
        see(MORNING, NOON.minusSeconds(60), NOON, 1_000_000);

        assertThat(epoch.since()).isEqualTo(940_000);
    }

    /* Metrics of before a restart, and all else of after it: both processes have taken one configuration. */
    @Test
    void itIsNoOlderThanItsProcess() {
        see(NOON.minusSeconds(3), MORNING, NOON, 1_000_000);

        assertThat(epoch.since()).isEqualTo(997_000);
    }

    @Test
    void aNewProcessIsNoOlderThanOurLastLookAtTheOneBefore() {
        see(MORNING, MORNING, NOON, 1_000_000);
        see(MORNING.plusSeconds(60), MORNING.plusSeconds(60), NOON.plusSeconds(5), 1_005_000);

        assertThat(epoch.restarted()).isTrue();
        assertThat(epoch.since()).as("its clock was set meanwhile").isEqualTo(1_005_000);
    }

    private void see(Instant started, Instant reload, Instant date, long monoMillis) {
        TraefikMetrics metrics = new TraefikMetrics(1, reload.getEpochSecond(), Map.of());
        epoch.see(started, metrics, date, List.of(), new Moment(monoMillis, date));
    }
}
