package dev.tocsin.source;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What we ask the query API of a Prometheus server. Stateless. Agents have none. */
public final class PrometheusQueries {
    /** Targets that answer, and export nothing: an empty page is up. */
    public static final String UP_WITHOUT_SAMPLES = "scrape_samples_scraped == 0 and up == 1";

    /** How far {@link #lastUp} looks back. */
    public static final Duration LAST_UP_WITHIN = Duration.ofHours(2);

    /** How many instances each job had then. */
    public static final String INSTANCES_AN_HOUR_AGO = "count by (job) (up offset 1h)";

    private static final int JOBS_LENGTH_MAX = 16 << 10; // of a URL that servers and proxies take: 64 KiB

    private PrometheusQueries() {}

    /**
     * When each instance of these jobs was last scraped with success, in seconds of the epoch, within a minute. None for
     * those that were not within {@link #LAST_UP_WITHIN}.
     *
     * <p>{@code timestamp} of a bare selector is the sample's time; of anything else it is the evaluation's.
     */
    public static String lastUp(Collection<String> jobs) {
        StringBuilder names = new StringBuilder();
        for (String job : jobs) {
            String name = regexOf(job);
            if (names.length() + name.length() > JOBS_LENGTH_MAX) {
                break;
            }
            names.append(names.isEmpty() ? "" : "|").append(name);
        }
        String up = "up{job=~\"" + names + "\"}";
        return "max_over_time((timestamp(" + up + ") and " + up + " == 1)[" + LAST_UP_WITHIN.toMinutes() + "m:1m])";
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
