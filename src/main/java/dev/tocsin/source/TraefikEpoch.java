package dev.tocsin.source;

import dev.tocsin.health.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Since when one configuration of a Traefik is in force: what its statuses are worth depends on that. Confined: the asker
 * of one source.
 */
final class TraefikEpoch {
    private static final long NOT_TOLD = -1;
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    private boolean seen;
    private @Nullable Instant startTime;
    private long reloads = NOT_TOLD;
    private int shape;
    private int number;
    private long since;
    private long lookedAt;
    private boolean restarted;

    /**
     * Takes in an answer.
     *
     * @param started null when it was not told: then it counts as unchanged
     * @param metrics null when there are none: then a reload shows only by what it changes
     * @param date of the answer with the metrics, by its clock; null when not told
     */
    void see(
            @Nullable Instant started,
            @Nullable TraefikMetrics metrics,
            @Nullable Instant date,
            List<TraefikService> services,
            Moment at) {
        long count = metrics == null ? NOT_TOLD : metrics.reloads();
        int now = metrics == null ? shape(services) : 0;
        boolean another = started != null && startTime != null && !started.equals(startTime);
        restarted = another || seen && count != NOT_TOLD && count < reloads;
        if (!seen || restarted) {
            number++;
            long age = age(metrics, started, date);
            /* Older than our last look at the process before it: its clock was set meanwhile, and says nothing. */
            boolean trusted = !seen || age <= at.monoMillis() - lookedAt;
            since = at.monoMillis() - (trusted ? age : 0);
        } else if (count != reloads || now != shape) {
            number++;
            since = at.monoMillis();
        }
        seen = true;
        lookedAt = at.monoMillis();
        startTime = started == null ? startTime : started;
        reloads = count;
        shape = now;
    }

    /** Grows with each reload and restart. */
    int number() {
        return number;
    }

    /** On our monotonic clock; never earlier than it was. */
    long since() {
        return since;
    }

    /** Whether the last answer was the first of another process. */
    boolean restarted() {
        return restarted;
    }

    /* All times are of its own clock, so skew is none. Metrics of before its process are those of the one before; they
     * are of whole seconds. */
    private static long age(@Nullable TraefikMetrics metrics, @Nullable Instant started, @Nullable Instant date) {
        if (metrics == null || date == null || metrics.lastReloadSeconds() <= 0) {
            return 0;
        }
        Instant reload = Instant.ofEpochSecond(metrics.lastReloadSeconds());
        Instant since = started == null || started.isBefore(reload.plus(ROUNDED)) ? reload : started;
        return Math.max(0, Duration.between(since, date).toMillis());
    }

    /* What a reload may change, and a check may not. */
    private static int shape(List<TraefikService> services) {
        int shape = services.size();
        for (TraefikService service : services) {
            shape = 31 * shape + service.name().hashCode();
            shape = 31 * shape + service.routers();
            shape = 31 * shape + Objects.hashCode(service.check());
            shape = 31 * shape + Objects.hashCode(service.composition());
            for (TraefikService.Server server : service.servers()) {
                shape = 31 * shape + server.url().hashCode();
            }
        }
        return shape;
    }
}
