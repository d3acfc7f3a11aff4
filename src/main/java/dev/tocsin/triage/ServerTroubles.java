package dev.tocsin.triage;

import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.SelfMetrics;
import dev.tocsin.triage.Reading.Vote;
import dev.tocsin.triage.Report.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a Prometheus server itself, each with its evidence. Stateless; pure. */
final class ServerTroubles {
    private static final double NEARLY_ALL = 0.9;
    private static final int NEARLY_ALL_MIN = 4;
    private static final double PRESSURE = 0.9;
    private static final double DESCRIPTORS = 0.8;
    private static final double QUEUE = 0.8;
    private static final double GROWTH = 1.5;
    private static final int RESTARTS = 3;
    private static final long SKEW_MILLIS = 30_000; // as when we watch
    private static final double NO_LIMIT_BYTES = 1e18; // Go says "none" with the largest integer

    private static final Set<String> WANTED = Set.of(
            "go_gc_gomemlimit_bytes",
            "process_max_fds",
            "process_open_fds",
            "process_resident_memory_bytes",
            "process_start_time_seconds",
            "prometheus_config_last_reload_success_timestamp_seconds",
            "prometheus_config_last_reload_successful",
            "prometheus_notifications_dropped_total",
            "prometheus_notifications_queue_capacity",
            "prometheus_notifications_queue_length",
            "prometheus_sd_discovered_targets",
            "prometheus_sd_failed_configs",
            "prometheus_target_sync_failed_total",
            "prometheus_tsdb_lowest_timestamp_seconds",
            "prometheus_tsdb_wal_corruptions_total");

    /* prometheus_sd_dns_lookup_failures_total, prometheus_sd_file_read_errors_total ... */
    private static final Pattern DISCOVERY_FAILURES =
            Pattern.compile("prometheus_sd_[a-z0-9_]*(failures|errors)_total");

    private ServerTroubles() {}

    static boolean wanted(String metric) {
        return WANTED.contains(metric) || DISCOVERY_FAILURES.matcher(metric).matches();
    }

    /** What its answer to the question for targets shows. */
    static List<Trouble> answered(View view, Answered answer) {
        List<Trouble> troubles = new ArrayList<>();
        int down = view.count(Vote.DOWN);
        int known = down + view.count(Vote.UP);
        long jobs = view.readings().stream()
                .filter(reading -> reading.vote() == Vote.DOWN)
                .map(reading -> reading.seen().target().job())
                .distinct()
                .count();
        if (view.ready() && known >= NEARLY_ALL_MIN && jobs >= 2 && down >= NEARLY_ALL * known) {
            troubles.add(trouble(
                    TroubleKind.NEARLY_ALL_DOWN,
                    down + " of " + known + " targets of " + jobs + " jobs: it may be cut off itself"));
        }
        long skew = Duration.between(answer.sourceTimeAt().wall(), answer.sourceTime())
                .toMillis();
        if (Math.abs(skew) >= SKEW_MILLIS) {
            troubles.add(trouble(
                    TroubleKind.CLOCK_SKEW,
                    "its clock is " + Math.abs(skew) / 1_000 + " s " + (skew > 0 ? "ahead of" : "behind") + " ours"));
        }
        if (Boolean.FALSE.equals(answer.server().reloadSucceeded())) {
            troubles.add(trouble(TroubleKind.RELOAD_FAILED, "the last reload of its configuration failed"));
        }
        return troubles;
    }

    /** What its own metrics and its memory of them show. */
    static List<Trouble> metrics(SelfMetrics page, View view) {
        List<Trouble> troubles = new ArrayList<>();
        boolean told = view.answer() != null && view.answer().server().reloadSucceeded() != null;
        OptionalDouble reloaded = page.value("prometheus_config_last_reload_successful");
        if (!told && reloaded.isPresent() && reloaded.getAsDouble() == 0) {
            troubles.add(trouble(TroubleKind.RELOAD_FAILED, "prometheus_config_last_reload_successful is 0"));
        }
        Map<String, Double> corrupt = page.positive("prometheus_tsdb_wal_corruptions_total"::equals);
        corrupt.values()
                .forEach(count -> troubles.add(trouble(
                        TroubleKind.WAL_CORRUPTED,
                        "prometheus_tsdb_wal_corruptions_total is " + Math.round(count) + " since it started")));
        pressure(page, troubles);
        discovery(page, troubles);
        notifications(page, troubles);
        history(view, troubles);
        return troubles;
    }

    private static void pressure(SelfMetrics page, List<Trouble> troubles) {
        double memory = page.value("process_resident_memory_bytes").orElse(0);
        double limit = page.value("go_gc_gomemlimit_bytes").orElse(NO_LIMIT_BYTES);
        if (limit > 0 && limit < NO_LIMIT_BYTES && memory >= PRESSURE * limit) {
            troubles.add(trouble(
                    TroubleKind.MEMORY_PRESSURE,
                    "it holds " + mebibytes(memory) + " MiB in memory, its limit (GOMEMLIMIT) is " + mebibytes(limit)
                            + " MiB"));
        }
        double open = page.value("process_open_fds").orElse(0);
        double max = page.value("process_max_fds").orElse(Double.POSITIVE_INFINITY);
        if (open >= DESCRIPTORS * max) {
            troubles.add(trouble(
                    TroubleKind.DESCRIPTORS_SHORT,
                    Math.round(open) + " of " + Math.round(max) + " file descriptors are in use"));
        }
    }

    private static void discovery(SelfMetrics page, List<Trouble> troubles) {
        double failing = page.positive("prometheus_sd_failed_configs"::equals).values().stream()
                .mapToDouble(count -> count)
                .sum();
        if (failing > 0) {
            troubles.add(trouble(
                    TroubleKind.DISCOVERY_FAILING,
                    Math.round(failing) + " of its service discoveries could not be set up"));
        }
        String counted = page.positive(name -> DISCOVERY_FAILURES.matcher(name).matches()).entrySet().stream()
                .map(count -> count.getKey() + " " + Math.round(count.getValue()))
                .collect(Collectors.joining(", "));
        if (!counted.isEmpty()) {
            troubles.add(trouble(TroubleKind.DISCOVERY_FAILING, counted + " since it started"));
        }
    }

    private static void notifications(SelfMetrics page, List<Trouble> troubles) {
        double length = page.value("prometheus_notifications_queue_length").orElse(0);
        double capacity = page.value("prometheus_notifications_queue_capacity").orElse(0);
        double dropped = page.positive("prometheus_notifications_dropped_total"::equals).values().stream()
                .mapToDouble(count -> count)
                .sum();
        List<String> evidence = new ArrayList<>();
        if (capacity > 0 && length >= QUEUE * capacity) {
            evidence.add(Math.round(length) + " of " + Math.round(capacity) + " notifications wait in its queue");
        }
        if (dropped > 0) {
            evidence.add(Math.round(dropped) + " notifications were dropped since it started");
        }
        if (!evidence.isEmpty()) {
            troubles.add(trouble(TroubleKind.NOTIFICATIONS_FAILING, String.join(", ", evidence)));
        }
    }

    private static void history(View view, List<Trouble> troubles) {
        double restarts = first(view.seen().look().restarts(), 0);
        if (restarts >= RESTARTS) {
            troubles.add(trouble(
                    TroubleKind.RESTART_LOOP,
                    "it was started " + Math.round(restarts) + " times within the last hour" + age(view)));
        }
        double growth = first(view.seen().look().seriesGrowth(), 1);
        if (growth >= GROWTH && growth < Double.POSITIVE_INFINITY) {
            troubles.add(trouble(
                    TroubleKind.SERIES_PRESSURE,
                    String.format(Locale.ROOT, "it has %.1f times as many series as an hour ago", growth)));
        }
    }

    private static String age(View view) {
        Instant start = view.answer() == null ? null : view.answer().server().startTime();
        return start == null ? "" : ", last at " + start;
    }

    private static double first(@Nullable Exchange<QueryResult> exchange, double otherwise) {
        QueryResult result = SourceTriage.bodyOf(exchange);
        return result == null || result.samples().isEmpty()
                ? otherwise
                : result.samples().get(0).value();
    }

    private static long mebibytes(double bytes) {
        return Math.round(bytes / (1 << 20));
    }

    private static Trouble trouble(TroubleKind kind, String evidence) {
        return new Trouble(kind, "", evidence);
    }
}
