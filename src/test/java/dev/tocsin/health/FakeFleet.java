package dev.tocsin.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A server that scrapes targets in virtual time and lists them as Prometheus does. Confined: its {@link Scene}. */
final class FakeFleet {
    static final Source SOURCE = new Source("prom-a", "eu-1", SourceKind.PROMETHEUS);

    /** One target and what its server knows of it. */
    static final class Scraped {
        final Target target;
        int interval = 15_000;
        int timeout = 10_000;
        long offset;
        /** "" while it is well; else the error that a scrape brings. */
        String error = "";
        /** Its scrapes never end: the server shows the old ones. */
        boolean hangs;

        boolean listed = true;
        long bornAt;
        long lastScrape = Observation.NEVER;
        long lastDue = Observation.NEVER;
        String lastError = "";

        Scraped(Target target) {
            this.target = target;
        }
    }

    final Map<String, Scraped> targets = new LinkedHashMap<>();
    private final Random order;
    long now;
    long skewMillis;
    boolean frozen;
    /** When its clock stopped. */
    long clockStopsAt = Long.MAX_VALUE;

    long startedAt = -3_600_000;
    boolean tellsStart = true;

    @Nullable
    List<String> pools;

    boolean tellsPools = true;
    final TreeSet<String> alsoPools = new TreeSet<>();
    final TreeSet<String> leftPools = new TreeSet<>();

    @Nullable
    Map<String, Integer> dropped;

    @Nullable
    Boolean reloaded;

    FakeFleet(Random order) {
        this.order = order;
    }

    Scraped add(String job, String instance) {
        return add(job, instance, job);
    }

    Scraped add(String job, String instance, String pool) {
        String url = "http://" + instance + "/metrics";
        Map<String, String> labels = Map.of("job", job, "instance", instance);
        String id = TargetIds.of(SOURCE.name(), pool, url, labels);
        Scraped scraped = new Scraped(new Target(id, SOURCE, job, instance, pool, url, labels));
        scraped.offset = 1_000 * (targets.size() % 15);
        scraped.bornAt = now > 0 ? now : startedAt;
        targets.put(instance, scraped);
        return scraped;
    }

    Scraped of(String instance) {
        return java.util.Objects.requireNonNull(targets.get(instance), instance);
    }

    /** Scrapes that have been due up to that time. */
    void advance(long to) {
        now = to;
        for (Scraped each : targets.values()) {
            long due = Math.floorDiv(to - each.offset, (long) each.interval) * each.interval + each.offset;
            boolean existed = due >= Math.max(each.bornAt, startedAt + 5_000);
            if (!frozen && !each.hangs && existed && due != each.lastDue) {
                each.lastDue = due;
                each.lastScrape = due + skewMillis;
                each.lastError = each.error;
            }
        }
    }

    /** Stops and starts at once: 5 s of empty pools, then unscraped targets. */
    void restart() {
        startedAt = now;
        for (Scraped each : targets.values()) {
            each.lastScrape = Observation.NEVER;
            each.lastError = "";
        }
    }

    PollResult.Answered answer(long poll, Moment at, Instant zero) {
        List<Observation> seen = new ArrayList<>();
        TreeSet<String> pools = new TreeSet<>(alsoPools);
        boolean filled = now >= startedAt + 5_000;
        for (Scraped each : targets.values()) {
            if (filled && each.listed) {
                seen.add(observe(each));
                pools.add(each.target.pool());
            } else if (filled) {
                pools.add(each.target.pool());
            }
        }
        pools.removeAll(leftPools);
        Collections.shuffle(seen, order);
        Instant date = Instant.ofEpochSecond(
                zero.plusMillis(Math.min(now, clockStopsAt) + skewMillis).getEpochSecond());
        PollResult.ServerFacts facts = new PollResult.ServerFacts(
                tellsStart ? zero.plusMillis(startedAt) : null,
                reloaded,
                tellsPools ? List.copyOf(pools) : null,
                dropped);
        List<Observation> shifted = new ArrayList<>();
        for (Observation each : seen) {
            shifted.add(shift(each, zero.toEpochMilli()));
        }
        return new PollResult.Answered(poll, at, date, facts, shifted);
    }

    private static Observation shift(Observation each, long by) {
        long scrape = each.lastScrapeMillis() == Observation.NEVER ? Observation.NEVER : each.lastScrapeMillis() + by;
        return new Observation(
                each.target(),
                each.reading(),
                each.lastError(),
                scrape,
                each.lastScrapeDurationSeconds(),
                each.scrapeIntervalMillis(),
                each.scrapeTimeoutMillis());
    }

    private static Observation observe(Scraped each) {
        Observation.Reading reading = each.lastScrape == Observation.NEVER
                ? Observation.Reading.UNKNOWN
                : each.lastError.isEmpty() ? Observation.Reading.UP : Observation.Reading.DOWN;
        return new Observation(
                each.target, reading, each.lastError, each.lastScrape, 0.01, each.interval, each.timeout);
    }
}
