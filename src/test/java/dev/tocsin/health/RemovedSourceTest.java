package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovedSourceTest {
    @Test
    void itsTargetsAreGoneItsFindingsClearAndItsOldKeysEnd() {
        Scene scene = GoneTest.nodes(4);
        scene.fleet.alsoPools.add("lab");
        scene.at(61, () -> scene.leaves("n1"));
        scene.until(100);
        Finding open = new FindingBook(FakeFleet.SOURCE.name(), FakeFleet.SOURCE.cluster(), 1)
                .opened(FindingKind.POOL_EMPTY, java.util.Map.of("pool", "lab"), "", Scene.ZERO);

        DeltaBatch batch = removed(scene, open, 200);
        DeltaBatch later = removed(scene, open, 2_000);

        assertThat(batch.state()).isEqualTo(SourceState.BLIND);
        assertThat(batch.deltas()).hasSize(3).allSatisfy(delta -> {
            assertThat(delta.to().health()).isEqualTo(new Health.Gone(Health.GoneWhy.SOURCE_REMOVED));
            assertThat(delta.seq()).isEqualTo(2);
            assertThat(delta.epoch()).isEqualTo(2);
        });
        assertThat(batch.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.open()).isFalse();
            assertThat(finding.seq()).isEqualTo(2);
        });
        assertThat(batch.tombstones()).isEmpty();
        assertThat(later.tombstones()).singleElement().satisfies(end -> assertThat(end.seq())
                .isEqualTo(3));
    }

    private static DeltaBatch removed(Scene scene, Finding open, long atSeconds) {
        Moment at = new Moment(0, Scene.ZERO.plusSeconds(atSeconds));
        return RemovedSource.batch(
                FakeFleet.SOURCE, scene.fold.states(), List.of(open), Instant.EPOCH, Duration.ofMinutes(15), 2, at);
    }
}
