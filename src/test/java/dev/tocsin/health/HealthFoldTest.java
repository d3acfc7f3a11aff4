package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthFoldTest {
    private final HealthFold fold = new HealthFold();

    @Test
    void theNextSeqIsInOrderAndALaterOneIsAfterAGap() {
        assertThat(fold.apply(delta(1, 1, 0))).isEqualTo(HealthFold.Step.IN_ORDER);
        assertThat(fold.apply(delta(1, 2, 0))).isEqualTo(HealthFold.Step.IN_ORDER);
        assertThat(fold.apply(delta(1, 4, 0))).isEqualTo(HealthFold.Step.AFTER_GAP);
        assertThat(fold.state("prom-a:x")).isEqualTo(delta(1, 4, 0));
    }

    @Test
    void aRecordThatStandsForSeveralLeavesNoGap() {
        fold.apply(delta(1, 1, 0));

        assertThat(fold.apply(delta(1, 5, 3))).isEqualTo(HealthFold.Step.IN_ORDER);
    }

    @Test
    void aReaderThatStartsInTheMiddleIsAfterAGap() {
        assertThat(fold.apply(delta(3, 17, 0))).isEqualTo(HealthFold.Step.AFTER_GAP);
    }

    @Test
    void aRecordSeenBeforeIsDropped() {
        fold.apply(delta(1, 1, 0));
        fold.apply(delta(1, 2, 0));

        assertThat(fold.apply(delta(1, 2, 0))).isEqualTo(HealthFold.Step.DUPLICATE);
        assertThat(fold.apply(delta(1, 1, 0))).isEqualTo(HealthFold.Step.DUPLICATE);
    }

    @Test
    void aRecordOfAReplacedWriterIsDropped() {
        fold.apply(delta(1, 1, 0));
        fold.apply(delta(2, 2, 0));

        assertThat(fold.apply(delta(1, 3, 0))).isEqualTo(HealthFold.Step.FENCED);
        assertThat(fold.apply(end(1, 4))).isEqualTo(HealthFold.Step.FENCED);
        assertThat(fold.state("prom-a:x")).isEqualTo(delta(2, 2, 0));
    }

    @Test
    void aSnapshotOfANewerWriterIsTakenWithoutAGap() {
        fold.apply(delta(1, 1, 0));
        HealthDelta delta = delta(2, 1, 0);
        HealthDelta snapshot =
                new HealthDelta(delta.target(), delta.from(), delta.to(), delta.evidence(), 2, 1, 0, true, false);

        assertThat(fold.apply(snapshot)).isEqualTo(HealthFold.Step.IN_ORDER);
    }

    @Test
    void aTombstoneEndsTheKeyAndItStartsAgainAtOne() {
        fold.apply(delta(1, 1, 0));

        assertThat(fold.apply(end(1, 2))).isEqualTo(HealthFold.Step.IN_ORDER);
        assertThat(fold.states()).isEmpty();
        assertThat(fold.apply(delta(1, 1, 0))).isEqualTo(HealthFold.Step.IN_ORDER);
    }

    private static HealthDelta delta(long epoch, long seq, int coalesced) {
        Target target = new Target("prom-a:x", FakeFleet.SOURCE, "node", "x", "node", "http://x", Map.of());
        return new HealthDelta(
                target,
                null,
                new HealthDelta.Standing(Health.UP, Scene.ZERO),
                new HealthDelta.Evidence(null, 0, Scene.ZERO, 0, 0),
                epoch,
                seq,
                coalesced,
                false,
                false);
    }

    private static Tombstone end(long epoch, long seq) {
        return new Tombstone(
                Stream.HEALTH, "prom-a:x", java.util.List.of("eu-1", "prom-a"), "eu-1", Scene.ZERO, epoch, seq);
    }
}
