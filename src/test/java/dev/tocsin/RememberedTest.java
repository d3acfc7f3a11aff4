package dev.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.Restored;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final Moment NOW = new Moment(0, THEN.plusSeconds(60));
    private static final Duration ABSENT_FOR = Duration.ofMinutes(15);
    private static final Source A = new Source("a", "eu-1", SourceKind.PROMETHEUS);
    private static final Source B = new Source("b", "eu-1", SourceKind.PROMETHEUS);

    @Test
    void aSourceThatIsNoLongerConfiguredEnds() {
        Remembered remembered = new Remembered(restored());

        List<DeltaBatch> ends = remembered.end(List.of(A), ABSENT_FOR, NOW);

        assertThat(ends).singleElement().satisfies(batch -> {
            assertThat(batch.source()).isEqualTo(B);
            assertThat(batch.deltas()).extracting(d -> d.to().health().text()).containsExactly("gone");
        });
        assertThat(remembered.health("a")).extracting(d -> d.to().health()).containsExactly(Health.UP);
        assertThat(remembered.observedUntil("a")).isEqualTo(THEN);
        assertThat(remembered.observedUntil("c")).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aSourceThatMovesToAnotherClusterEndsThereAndGoesOnFromThat() {
        Source moved = new Source("a", "eu-2", SourceKind.PROMETHEUS);
        Remembered remembered = new Remembered(restored());

        List<DeltaBatch> ends = remembered.end(List.of(moved, B), ABSENT_FOR, NOW);

        assertThat(ends).extracting(DeltaBatch::source).containsExactly(A);
        assertThat(remembered.health("a")).singleElement().satisfies(delta -> {
            assertThat(delta.to().health().text()).isEqualTo("gone");
            assertThat(delta.seq()).isEqualTo(8);
            assertThat(delta.epoch()).isEqualTo(3);
        });
        assertThat(remembered.findings("a")).extracting(Finding::open).containsExactly(false);
    }

    @Test
    void nothingRemovedIsNothingToTell() {
        assertThat(new Remembered(restored()).end(List.of(A, B), ABSENT_FOR, NOW))
                .isEmpty();
        assertThat(new Remembered(Restored.NOTHING).end(List.of(A), ABSENT_FOR, NOW))
                .isEmpty();
    }

    @Test
    void findingsOfTheCorrelatorAreNotThoseOfASource() {
        Finding flapping = finding("eu-1", FindingKind.FLAPPING);
        Restored restored = new Restored(3, List.of(), List.of(), List.of(flapping), List.of());

        assertThat(new Remembered(restored).findings("eu-1")).isEmpty();
    }

    private static Restored restored() {
        return new Restored(
                3,
                List.of(up(A), up(B)),
                List.of(),
                List.of(finding("a", FindingKind.POOL_EMPTY)),
                List.of(
                        new Watermark(A, SourceState.READY, null, THEN, 1, 0, 0, 2, 5),
                        new Watermark(B, SourceState.READY, null, THEN, 1, 0, 0, 2, 5)));
    }

    private static HealthDelta up(Source source) {
        Target target = new Target(source.name() + ":ff", source, "job", "i:1", "pool", "http://i:1/", Map.of());
        return new HealthDelta(
                target,
                null,
                new HealthDelta.Standing(Health.UP, THEN),
                new HealthDelta.Evidence(THEN, 0.1, THEN, 15_000, 10_000),
                2,
                7,
                0,
                false,
                false);
    }

    private static Finding finding(String source, FindingKind kind) {
        Map<String, String> subject = Map.of("pool", "node");
        return new Finding(
                Finding.key(source, kind, subject), kind, source, "eu-1", subject, true, THEN, "d", "r", 2, 1);
    }
}
