package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A list whose parts were read one after another: between its date and its end lies what the reading took. */
final class ListInPartsTest {
    private static final Instant ZERO = Instant.parse("2026-11-20T10:00:00Z");
    private static final Target TARGET = new Target(
            "prom-a:1", FakeFleet.SOURCE, "node", "a:9100", "node", "http://a:9100/metrics", Map.of("job", "node"));

    private final WaitClock waits = new WaitClock();
    private final HealthTable table = new HealthTable(FakeFleet.SOURCE, HealthRules.DEFAULT, Scene.CAUSES, waits, 1);
    private final List<HealthDelta> told = new ArrayList<>();
    private final List<Finding> found = new ArrayList<>();
    private long now;

    @Test
    void theTimeThatItTookIsNoSkewAndNoJumpAndNoAge() {
        for (int round = 1; round <= 10; round++) {
            DeltaBatch batch = poll(round, round % 2 == 0 ? 45_000 : 0, Observation.Reading.UP);

            assertThat(batch.state()).isEqualTo(SourceState.READY);
        }

        assertThat(found).isEmpty();
        assertThat(told).singleElement().matches(delta -> delta.to().health() instanceof Health.Up);
    }

    @Test
    void aFailureBeganWhenItWasScrapedWheneverThatWasRead() {
        poll(1, 45_000, Observation.Reading.UP);
        poll(2, 45_000, Observation.Reading.DOWN);

        HealthDelta down = told.get(1);
        assertThat(down.to().health()).isInstanceOf(Health.Down.class);
        assertThat(down.to().since()).isEqualTo(ZERO.plusMillis(now - 5_000));
    }

    /** A round that began now and took so long; the target was scraped 5 s before its end. */
    private DeltaBatch poll(int number, long millis, Observation.Reading reading) {
        sleep(60_000);
        Moment dated = moment();
        sleep(millis);
        Observation seen = new Observation(
                TARGET,
                reading,
                "transport/connection_refused/target",
                ZERO.plusMillis(now - 5_000).toEpochMilli(),
                0.1,
                15_000,
                10_000);
        PollResult.ServerFacts facts = new PollResult.ServerFacts(ZERO, true, List.of("node"), null);
        DeltaBatch batch = table.poll(
                new PollResult.Answered(number, moment(), dated.wall(), dated, facts, List.of(seen)),
                Duration.ofSeconds(60));
        told.addAll(batch.deltas());
        found.addAll(batch.findings());
        return batch;
    }

    private void sleep(long millis) {
        for (long end = now + millis; now < end; ) {
            now += 250;
            waits.beat(now);
        }
    }

    private Moment moment() {
        return new Moment(now, ZERO.plusMillis(now));
    }
}
