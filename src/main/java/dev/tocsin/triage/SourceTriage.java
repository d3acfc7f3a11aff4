package dev.tocsin.triage;

import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.SourceRemedies;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.SelfMetrics;
import dev.tocsin.triage.Report.SourceReport;
import dev.tocsin.triage.Report.Targets;
import dev.tocsin.triage.Report.Trouble;
import dev.tocsin.triage.Report.Unchecked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the report of one source. Stateless; pure. */
public final class SourceTriage {
    private SourceTriage() {}

    /** Which of a server's own metrics a look wants. */
    public static Predicate<String> metricsWanted() {
        return ServerTroubles::wanted;
    }

    static SourceReport of(View view) {
        List<Trouble> troubles = new ArrayList<>();
        SelfMetrics metrics = bodyOf(view.seen().look().metrics());
        Answered answer = view.answer();
        if (answer != null) {
            troubles.addAll(ServerTroubles.answered(view, answer));
        }
        if (metrics != null) {
            troubles.addAll(ServerTroubles.metrics(metrics, view));
        }
        boolean traefik = view.seen().source().kind() == SourceKind.TRAEFIK;
        if (answer != null && traefik) {
            troubles.addAll(TraefikTroubles.of(answer));
        } else if (answer != null && view.ready()) {
            troubles.addAll(PoolTroubles.of(view, answer, metrics));
            troubles.addAll(ScrapeTroubles.of(view));
        }
        String version = bodyOf(view.seen().look().version());
        return new SourceReport(
                view.seen().source(),
                view.seen().url(),
                view.state(),
                view.why(),
                view.detail(),
                view.ready() ? "" : SourceRemedies.of(view.state(), view.why()),
                version == null ? "" : version,
                startedAt(answer, metrics),
                answer == null ? Targets.NONE : Triage.targets(view),
                answer == null || traefik ? Map.of() : PoolTroubles.dropped(view, answer, metrics),
                List.copyOf(troubles),
                notChecked(view));
    }

    private static List<Unchecked> notChecked(View view) {
        Answered answer = view.answer();
        if (answer == null) {
            return List.of();
        }
        return switch (view.seen().source().kind()) {
            case PROMETHEUS -> NotChecked.of(view, answer);
            case TRAEFIK -> TraefikTroubles.unchecked(view);
        };
    }

    private static @Nullable Instant startedAt(@Nullable Answered answer, @Nullable SelfMetrics metrics) {
        if (answer != null && answer.server().startTime() != null) {
            return answer.server().startTime();
        }
        return metrics == null
                ? null
                : metrics.value("process_start_time_seconds").stream()
                        .mapToObj(seconds -> Instant.ofEpochMilli((long) (1_000 * seconds)))
                        .findFirst()
                        .orElse(null);
    }

    static <T> @Nullable T bodyOf(@Nullable Exchange<T> exchange) {
        return exchange instanceof Exchange.Answered<T> answered ? answered.body() : null;
    }
}
