package dev.tocsin.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What we ask the query API of a Prometheus server. Stateless. Agents have none. */
public final class PrometheusQueries {
    /** Targets that answer, and export nothing: an empty page is up. */
    public static final String UP_WITHOUT_SAMPLES = "scrape_samples_scraped == 0 and up == 1";

    /** How far {@link #lastUp} looks back. */
    public static final Duration LAST_UP_WITHIN = Duration.ofHours(2);

    /** How many instances each job had then. */
    public static final String INSTANCES_AN_HOUR_AGO = "count by (job) (up offset 1h)";

    /** Up some time within {@link #LAST_UP_WITHIN}. */
    public static final double SOME_TIME = 0;

    /** What is as recent is known to {@link #RECENT_STEP}. */
    public static final Duration RECENT = Duration.ofMinutes(5);

    public static final Duration RECENT_STEP = Duration.ofSeconds(15);

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration COARSE_STEP = Duration.ofMinutes(5);
    private static final int SERIES_OF_STEP = 2_000; // x 120 steps x 2 selectors = 480,000 evaluations
    private static final int SERIES_OF_COARSE_STEP = 20_000; // x 24 x 2 = 960,000: 1 to 2 s of a server
    private static final int JOBS_LENGTH_MAX = 16 << 10; // of a URL that servers and proxies take: 64 KiB

    private PrometheusQueries() {}

    /**
     * A query, and how exact its answer is.
     *
     * @param step the time that passes between two looks at the past
     */
    public record LastUpQuery(String promql, Duration step) {}

    /**
     * When each instance of these jobs was last scraped with success: in seconds of the epoch, or {@link #SOME_TIME} within
     * {@link #LAST_UP_WITHIN}; negative when not within it, as far as the server remembers: minus the scrapes that failed. Of
     * many, the jobs with few instances are asked for: what it costs the
     * server grows with the instances, and is bounded.
     *
     * <p>{@code timestamp} of a bare selector is the sample's time; of anything else it is the evaluation's. A subquery
     * looks at the past in steps, so it may miss a success, and only the last term says that there was none.
     *
     * @param instances how many each job has
     */
    public static LastUpQuery lastUp(Map<String, Integer> instances) {
        List<String> names = new ArrayList<>();
        int series = 0;
        int length = 0;
        for (Map.Entry<String, Integer> job : fewestFirst(instances)) {
            String name = regexOf(job.getKey());
            series += job.getValue();
            length += name.length() + 1;
            if (!names.isEmpty() && (series > SERIES_OF_COARSE_STEP || length > JOBS_LENGTH_MAX)) {
                series -= job.getValue();
                break;
            }
            names.add(name);
        }
        Duration step = series <= SERIES_OF_STEP ? STEP : COARSE_STEP;
        String up = "up{job=~\"" + String.join("|", names) + "\"}";
        String success = "max_over_time((timestamp(" + up + ") and " + up + " == 1)[%s:%s])";
        String whole = seconds(LAST_UP_WITHIN);
        String promql = success.formatted(seconds(RECENT), seconds(RECENT_STEP)) + " or "
                + success.formatted(whole, seconds(step)) + " or (max_over_time(" + up + "[" + whole
                + "]) - 1) * count_over_time(" + up + "[" + whole + "])";
        return new LastUpQuery(promql, step);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }

    private static List<Map.Entry<String, Integer>> fewestFirst(Map<String, Integer> instances) {
        return instances.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** How often the server was started within the last hour. @param startSeconds its own start, which tells it from others */
    public static String restarts(double startSeconds) {
        return "changes(process_start_time_seconds[1h]) and " + self(startSeconds);
    }

    /** By how much the series in its memory have grown within the last hour: 2 is double. */
    public static String seriesGrowth(double startSeconds) {
        return "(prometheus_tsdb_head_series / prometheus_tsdb_head_series offset 1h) and on (job, instance) ("
                + self(startSeconds) + ")";
    }

    private static String self(double startSeconds) {
        return String.format(Locale.ROOT, "process_start_time_seconds == %.3f", startSeconds);
    }

    /** A label's value as part of a regular expression within a PromQL string. */
    private static String regexOf(String value) {
        return value.codePoints().mapToObj(PrometheusQueries::escaped).collect(Collectors.joining());
    }

    private static String escaped(int codePoint) {
        if (Character.isLetterOrDigit(codePoint) || codePoint == '_' || codePoint == '-' || codePoint > 0x7F) {
            return Character.toString(codePoint);
        }
        /* For the expression a backslash, and for the string that holds it two. */
        return codePoint < ' '
                ? "."
                : "\\\\" + (codePoint == '\\' ? "\\\\" : codePoint == '"' ? "\\\"" : Character.toString(codePoint));
    }
}
