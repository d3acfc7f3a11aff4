package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Routing;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Polls that changed no target, of a source with ten of them. */
final class Batches {
    private Batches() {}

    static DeltaBatch of(
            Source source, SourceState state, Moment now, int down, int restarts, @Nullable Routing routing) {
        return new DeltaBatch(
                source,
                state,
                state == SourceState.BLIND ? SourceState.Why.REFUSED : null,
                "",
                1,
                1,
                now,
                now.wall(),
                Duration.ofSeconds(5),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                DeltaBatch.Reached.OTHERS,
                10,
                down,
                0,
                restarts,
                routing);
    }
}
