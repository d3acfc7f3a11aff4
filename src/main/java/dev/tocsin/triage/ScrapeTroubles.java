package dev.tocsin.triage;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Target;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.Sample;
import dev.tocsin.triage.Reading.Vote;
import dev.tocsin.triage.Report.Trouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Scrapes that succeed, and are not well. Stateless; pure. */
final class ScrapeTroubles {
    static final double NEAR_TIMEOUT_SHARE = 0.8;

    private ScrapeTroubles() {}

    static List<Trouble> of(View view) {
        List<Trouble> troubles = new ArrayList<>(nearTimeout(view));
        QueryResult empty = SourceTriage.bodyOf(view.seen().look().withoutSamples());
        if (empty != null) {
            troubles.addAll(withoutSamples(empty));
        }
        return troubles;
    }

    private static List<Trouble> nearTimeout(View view) {
        Map<String, List<Observation>> byJob = new TreeMap<>();
        for (Reading reading : view.readings()) {
            if (reading.vote() == Vote.UP && share(reading.seen()) >= NEAR_TIMEOUT_SHARE) {
                byJob.computeIfAbsent(reading.seen().target().job(), job -> new ArrayList<>())
                        .add(reading.seen());
            }
        }
        List<Trouble> troubles = new ArrayList<>();
        byJob.forEach((job, slow) -> {
            slow.sort(Comparator.comparingDouble(ScrapeTroubles::share).reversed());
            troubles.add(new Trouble(
                    TroubleKind.SCRAPE_NEAR_TIMEOUT,
                    job,
                    targets(slow.size()) + " took 80 % of the timeout or more, the slowest " + duration(slow.get(0)),
                    slow.stream().map(ScrapeTroubles::slow).toList()));
        });
        return troubles;
    }

    private static double share(Observation seen) {
        return seen.scrapeTimeoutMillis() == 0
                ? 0
                : 1_000 * seen.lastScrapeDurationSeconds() / seen.scrapeTimeoutMillis();
    }

    private static String slow(Observation seen) {
        return seen.target().instance() + " " + duration(seen);
    }

    private static String duration(Observation seen) {
        return String.format(
                Locale.ROOT,
                "%.2f s of %.1f s",
                seen.lastScrapeDurationSeconds(),
                seen.scrapeTimeoutMillis() / 1_000.0);
    }

    private static List<Trouble> withoutSamples(QueryResult empty) {
        Map<String, List<String>> byJob = new TreeMap<>();
        for (Sample sample : empty.samples()) {
            byJob.computeIfAbsent(sample.label("job"), job -> new ArrayList<>()).add(sample.label("instance"));
        }
        List<Trouble> troubles = new ArrayList<>();
        byJob.forEach((job, instances) -> troubles.add(new Trouble(
                TroubleKind.UP_WITHOUT_SAMPLES,
                job,
                instances.size() == 1
                        ? "1 target is up without a sample"
                        : instances.size() + " targets are up without a sample",
                instances.stream().sorted().toList())));
        return troubles;
    }

    static String targets(int count) {
        return count == 1 ? "1 target" : count + " targets";
    }

    /** How many targets each job has. */
    static Map<String, Integer> byJob(View view) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Reading reading : view.readings()) {
            Target target = reading.seen().target();
            counts.merge(target.labels().getOrDefault("job", ""), 1, Integer::sum);
        }
        return counts;
    }
}
