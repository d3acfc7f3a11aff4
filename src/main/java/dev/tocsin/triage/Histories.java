package dev.tocsin.triage;

import dev.tocsin.health.Target;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.PrometheusQueries;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.Sample;
import dev.tocsin.source.SelfMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What the sources remember of when their targets were last up. Immutable. */
final class Histories {
    private record Key(String source, String job, String instance) {}

    private final Map<Key, LastUp.At> lastUp = new HashMap<>();

    /** How far back the sources that were asked remember, as far as they were asked. */
    private final Map<String, Duration> looksBack = new HashMap<>();

    Histories(Collection<View> views) {
        views.forEach(this::take);
    }

    private void take(View view) {
        if (view.seen().look().lastUp() instanceof Exchange.Answered<QueryResult> answered) {
            for (Sample sample : answered.body().samples()) {
                Key key = new Key(view.name(), sample.label("job"), sample.label("instance"));
                Instant time = Instant.ofEpochMilli((long) (1_000 * sample.value()));
                lastUp.merge(key, new LastUp.At(time, view.seen().look().lastUpStep()), Histories::later);
            }
            looksBack.put(view.name(), looksBack(view));
        }
    }

    private static Duration looksBack(View view) {
        Duration asked = PrometheusQueries.LAST_UP_WITHIN;
        SelfMetrics metrics = SourceTriage.bodyOf(view.seen().look().metrics());
        OptionalDouble oldest =
                metrics == null ? OptionalDouble.empty() : metrics.value("prometheus_tsdb_lowest_timestamp_seconds");
        if (oldest.isEmpty() || view.answer() == null) {
            return asked;
        }
        Instant first = Instant.ofEpochMilli((long) (1_000 * oldest.getAsDouble()));
        Duration kept = Duration.between(first, view.answer().sourceTime());
        return kept.isNegative() ? Duration.ZERO : kept.compareTo(asked) < 0 ? kept : asked;
    }

    /** The latest that any of these sources remembers. */
    LastUp lastUp(Target target, List<String> sources) {
        return sources.stream()
                .map(source -> lastUp.get(new Key(source, target.job(), target.instance())))
                .filter(up -> up != null)
                .reduce(Histories::later)
                .<LastUp>map(up -> up)
                .orElseGet(() -> notWithin(sources));
    }

    private static LastUp.At later(LastUp.At one, LastUp.At other) {
        return one.time().isAfter(other.time()) ? one : other;
    }

    private LastUp notWithin(List<String> sources) {
        return sources.stream()
                .map(looksBack::get)
                .filter(back -> back != null && !back.isZero())
                .max(Duration::compareTo)
                .<LastUp>map(LastUp.NotWithin::new)
                .orElseGet(LastUp.NotTold::new);
    }
}
