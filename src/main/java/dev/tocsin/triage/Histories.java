package dev.tocsin.triage;

import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult.Answered;
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

    private final Map<Key, LastUp> lastUp = new HashMap<>();

    Histories(Collection<View> views) {
        views.forEach(this::take);
    }

    private void take(View view) {
        if (view.seen().look().lastUp() instanceof Exchange.Answered<QueryResult> answered && view.answer() != null) {
            Instant now = view.answer().sourceTime();
            Duration looksBack = looksBack(view, now);
            for (Sample sample : answered.body().samples()) {
                Key key = new Key(view.name(), sample.label("job"), sample.label("instance"));
                lastUp.merge(key, lastUp(sample.value(), view, now, looksBack), Histories::later);
            }
        }
    }

    private static LastUp lastUp(double value, View view, Instant now, Duration looksBack) {
        if (value < 0) {
            return looksBack.isZero() ? new LastUp.NotTold() : new LastUp.NotWithin(looksBack, (int) -value);
        }
        if (value == PrometheusQueries.SOME_TIME) {
            return new LastUp.SomeTimeWithin(looksBack);
        }
        Instant time = Instant.ofEpochMilli((long) (1_000 * value));
        boolean recent = Duration.between(time, now).compareTo(PrometheusQueries.RECENT) < 0;
        Duration within =
                recent ? PrometheusQueries.RECENT_STEP : view.seen().look().lastUpStep();
        return new LastUp.At(time, within);
    }

    /* A young server remembers less than it is asked for. */
    private static Duration looksBack(View view, Instant now) {
        Duration asked = PrometheusQueries.LAST_UP_WITHIN;
        SelfMetrics metrics = SourceTriage.bodyOf(view.seen().look().metrics());
        OptionalDouble oldest =
                metrics == null ? OptionalDouble.empty() : metrics.value("prometheus_tsdb_lowest_timestamp_seconds");
        if (oldest.isEmpty()) {
            return asked;
        }
        Duration kept = Duration.between(Instant.ofEpochMilli((long) (1_000 * oldest.getAsDouble())), now);
        return kept.isNegative() ? Duration.ZERO : kept.compareTo(asked) < 0 ? kept : asked;
    }

    /** The latest that any of these sources remembers. */
    LastUp lastUp(Target target, List<String> sources) {
        return sources.stream()
                .map(source ->
                        lastUp.getOrDefault(new Key(source, target.job(), target.instance()), new LastUp.NotTold()))
                .reduce(Histories::later)
                .orElseGet(LastUp.NotTold::new);
    }

    /**
     * For how long at least each scrape of a target by that source has failed; 0 when that is not known. A server is no
     * witness of what was before it started.
     */
    long failingMillis(View view, Observation seen) {
        Answered answer = view.answer();
        Instant started = answer == null ? null : answer.server().startTime();
        if (answer == null || started == null) {
            return 0;
        }
        LastUp last = lastUp(seen.target(), List.of(view.name()));
        Duration next = Duration.ofMillis((long) seen.scrapeIntervalMillis() + seen.scrapeTimeoutMillis());
        Duration failing = Duration.ZERO;
        if (last instanceof LastUp.At at) {
            failing = Duration.between(at.time().plus(at.within()).plus(next), answer.sourceTime());
        } else if (last instanceof LastUp.NotWithin not) {
            failing = Duration.ofMillis(seen.scrapeIntervalMillis() * (not.scrapes() - 1L));
        }
        Duration watched = Duration.between(started.plus(next), answer.sourceTime());
        return Math.max(0, Math.min(failing.toMillis(), watched.toMillis()));
    }

    private static LastUp later(LastUp one, LastUp other) {
        if (one instanceof LastUp.At a && other instanceof LastUp.At b) {
            return a.time().isAfter(b.time()) ? one : other;
        }
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(LastUp last) {
        if (last instanceof LastUp.At) {
            return 3;
        }
        return last instanceof LastUp.SomeTimeWithin ? 2 : last instanceof LastUp.NotWithin ? 1 : 0;
    }
}
