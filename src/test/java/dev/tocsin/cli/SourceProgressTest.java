package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceProgressTest {
    @Test
    void firstAnswersAreCountedAndTheDarkNamed() {
        SourceProgress progress = new SourceProgress(List.of("a", "b", "c"));

        assertThat(progress.on(batch("a", SourceState.WARMING, null, "", 0)))
                .containsExactly("1 of 3 sources answered; 2 being asked");
        assertThat(progress.on(batch("b", SourceState.BLIND, SourceState.Why.REFUSED, "10.0.0.5:9090", 100)))
                .isEmpty();
        assertThat(progress.on(batch("c", SourceState.WARMING, null, "", 200)))
                .containsExactly("2 of 3 sources answered; b: refused (10.0.0.5:9090)");
    }

    @Test
    void afterThatOnlyChangesAreTold() {
        SourceProgress progress = new SourceProgress(List.of("a"));
        progress.on(batch("a", SourceState.READY, null, "", 0));

        assertThat(progress.on(batch("a", SourceState.READY, null, "", 5_000))).isEmpty();
        assertThat(progress.on(batch("a", SourceState.BLIND, SourceState.Why.TIMEOUT, "x\ny", 10_000)))
                .containsExactly("source a went dark: timeout (x\\ny)");
        assertThat(progress.on(batch("a", SourceState.STARTING, SourceState.Why.WAL_REPLAY, "50 %", 15_000)))
                .isEmpty();
        assertThat(progress.on(batch("a", SourceState.READY, null, "", 82_000)))
                .containsExactly("source a is back after 1m12s");
    }

    @Test
    void aSourceThatIsNotConfiguredIsNotTold() {
        SourceProgress progress = new SourceProgress(List.of("a"));

        assertThat(progress.on(batch("old", SourceState.BLIND, SourceState.Why.NOT_ASKED, "", 0)))
                .isEmpty();
    }

    @Test
    void aSourceThatMovedToAnotherClusterIsNotDark() {
        SourceProgress progress = new SourceProgress(List.of("a"));

        assertThat(progress.on(batch("a", SourceState.BLIND, SourceState.Why.NOT_ASKED, "no longer configured", 0)))
                .isEmpty();
        assertThat(progress.on(batch("a", SourceState.READY, null, "", 100))).containsExactly("1 of 1 source answered");
    }

    @Test
    void theDarkAreNamedOnceAllHaveBeenHeard() {
        SourceProgress progress = new SourceProgress(List.of("a", "b", "c"));

        assertThat(progress.on(batch("a", SourceState.BLIND, SourceState.Why.DNS, "no such host", 0)))
                .containsExactly("0 of 3 sources answered; 1 dark; 2 being asked");
    }

    @Test
    void manySourcesAreFewLines() {
        List<String> names = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> "s" + i)
                .toList();
        SourceProgress progress = new SourceProgress(names);

        long lines = names.stream()
                .mapToLong(n -> progress.on(batch(n, SourceState.BLIND, SourceState.Why.DNS, "", names.indexOf(n) * 2L))
                        .size())
                .sum();

        assertThat(lines).isEqualTo(3);
    }

    private static DeltaBatch batch(
            String name, SourceState state, SourceState.@Nullable Why why, String detail, long millis) {
        return new DeltaBatch(
                new Source(name, "eu-1", SourceKind.PROMETHEUS),
                state,
                why,
                detail,
                1,
                1,
                new Moment(millis, Instant.EPOCH.plusMillis(millis)),
                Instant.EPOCH,
                Duration.ofSeconds(5),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                DeltaBatch.Reached.OTHERS,
                0,
                0,
                0,
                0,
                null);
    }
}
