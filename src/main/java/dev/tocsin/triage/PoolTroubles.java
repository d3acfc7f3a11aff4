package dev.tocsin.triage;

import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.Sample;
import dev.tocsin.source.SelfMetrics;
import dev.tocsin.triage.Reading.Vote;
import dev.tocsin.triage.Report.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is wrong with the pools and jobs of a source: targets that are not there. Stateless; pure. */
final class PoolTroubles {
    private static final int SHRUNKEN_BEFORE_MIN = 2;

    private PoolTroubles() {}

    static List<Trouble> of(View view, Answered answer, @Nullable SelfMetrics metrics) {
        List<Trouble> troubles = new ArrayList<>();
        Map<String, Integer> active = byPool(view);
        troubles.addAll(limited(view));
        troubles.addAll(unscrapeable(view));
        List<String> pools = answer.server().pools();
        if (pools != null) {
            troubles.addAll(empty(pools, active, metrics));
            troubles.addAll(
                    missing(pools, SourceTriage.bodyOf(view.seen().look().configuredJobs()), metrics));
        }
        if (metrics != null) {
            metrics.positive("prometheus_target_sync_failed_total", "scrape_job")
                    .forEach((pool, count) -> troubles.add(new Trouble(
                            TroubleKind.TARGET_CREATION_FAILED,
                            pool,
                            Math.round(count) + " failed to become targets since the server started")));
        }
        QueryResult before = SourceTriage.bodyOf(view.seen().look().instancesBefore());
        if (before != null) {
            troubles.addAll(shrunken(before, ScrapeTroubles.byJob(view)));
        }
        return troubles;
    }

    /** Targets that relabelling drops, by pool; as far as the server tells, or as its discovery has more than it lists. */
    static Map<String, Integer> dropped(View view, Answered answer, @Nullable SelfMetrics metrics) {
        Map<String, Integer> dropped = new TreeMap<>();
        Map<String, Integer> told = answer.server().droppedTargets();
        if (told != null) {
            told.forEach((pool, count) -> merge(dropped, pool, count));
        } else if (metrics != null && view.ready()) {
            Map<String, Integer> active = byPool(view);
            Map<String, Double> failed = metrics.positive("prometheus_target_sync_failed_total", "scrape_job");
            discovered(metrics).forEach((pool, count) -> {
                /* A target that could not be made is none that was dropped. */
                if (!failed.containsKey(pool)) {
                    merge(dropped, pool, count - active.getOrDefault(pool, 0));
                }
            });
        }
        return dropped;
    }

    private static void merge(Map<String, Integer> dropped, String pool, int count) {
        if (count > 0) {
            dropped.put(pool, count);
        }
    }

    private static List<Trouble> limited(View view) {
        Map<String, Integer> byPool = new TreeMap<>();
        for (Reading reading : view.readings()) {
            if (reading.failure() != null
                    && reading.failure().rule().kind().subCause().equals("target_limit")) {
                byPool.merge(reading.seen().target().pool(), 1, Integer::sum);
            }
        }
        List<Trouble> troubles = new ArrayList<>();
        byPool.forEach((pool, count) -> troubles.add(new Trouble(
                TroubleKind.TARGET_LIMIT, pool, ScrapeTroubles.targets(count) + " over the limit, none is scraped")));
        return troubles;
    }

    private static List<Trouble> unscrapeable(View view) {
        Map<String, List<String>> bySubCause = new TreeMap<>();
        for (Reading reading : view.readings()) {
            if (reading.vote() == Vote.UNSEEN && reading.failure() != null) {
                String subCause = reading.failure().rule().kind().subCause();
                if (!subCause.equals("target_limit")) {
                    bySubCause
                            .computeIfAbsent(subCause, name -> new ArrayList<>())
                            .add(reading.seen().target().instance() + " of "
                                    + reading.seen().target().job() + ": "
                                    + reading.failure().cause().detail());
                }
            }
        }
        List<Trouble> troubles = new ArrayList<>();
        bySubCause.forEach((subCause, all) -> troubles.add(new Trouble(
                TroubleKind.CANNOT_SCRAPE,
                "",
                ScrapeTroubles.targets(all.size()) + " could not be scraped: " + subCause.replace('_', ' '),
                all)));
        return troubles;
    }

    private static List<Trouble> empty(List<String> pools, Map<String, Integer> active, @Nullable SelfMetrics metrics) {
        List<Trouble> troubles = new ArrayList<>();
        for (String pool : pools) {
            if (!active.containsKey(pool)) {
                String why = metrics == null ? "" : ", " + whyEmpty(pool, metrics);
                troubles.add(new Trouble(TroubleKind.POOL_EMPTY, pool, "it has no target" + why));
            }
        }
        return troubles;
    }

    private static String whyEmpty(String pool, SelfMetrics metrics) {
        int found = discovered(metrics).getOrDefault(pool, 0);
        if (found == 0) {
            return "discovery finds none";
        }
        boolean failed = metrics.positive("prometheus_target_sync_failed_total", "scrape_job")
                .containsKey(pool);
        return "discovery finds " + found + (failed ? ", which fail to become targets" : " and relabelling drops them");
    }

    /* The same metric counts the Alertmanagers that discovery finds. */
    private static Map<String, Integer> discovered(SelfMetrics metrics) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Sample sample : metrics.of("prometheus_sd_discovered_targets")) {
            if (sample.label("name").equals("scrape")) {
                counts.merge(sample.label("config"), (int) Math.round(sample.value()), Integer::sum);
            }
        }
        return counts;
    }

    /* A pool is made when discovery first tells of it, and not made when its HTTP client cannot be. */
    private static List<Trouble> missing(
            List<String> pools, @Nullable List<String> configured, @Nullable SelfMetrics metrics) {
        Map<String, Integer> discovered = metrics == null ? Map.of() : discovered(metrics);
        List<Trouble> troubles = new ArrayList<>();
        for (String job : configured == null ? List.<String>of() : configured) {
            if (!pools.contains(job)) {
                String more = discovered.isEmpty()
                        ? ""
                        : discovered.getOrDefault(job, 0) == 0
                                ? ": its discovery tells nothing"
                                : ": its HTTP client could not be made";
                troubles.add(
                        new Trouble(TroubleKind.POOL_MISSING, job, "the job is configured, and has no pool" + more));
            }
        }
        return troubles;
    }

    private static List<Trouble> shrunken(QueryResult before, Map<String, Integer> now) {
        List<Trouble> troubles = new ArrayList<>();
        for (Sample sample : before.samples()) {
            String job = sample.label("job");
            int count = now.getOrDefault(job, 0);
            if (sample.value() >= SHRUNKEN_BEFORE_MIN && 2 * count < sample.value()) {
                troubles.add(new Trouble(
                        TroubleKind.JOB_SHRUNKEN,
                        job,
                        "it had " + Math.round(sample.value()) + " targets an hour ago and has " + count + " now"));
            }
        }
        return troubles;
    }

    private static Map<String, Integer> byPool(View view) {
        Map<String, Integer> counts = new TreeMap<>();
        view.readings().forEach(reading -> counts.merge(reading.seen().target().pool(), 1, Integer::sum));
        return counts;
    }
}
