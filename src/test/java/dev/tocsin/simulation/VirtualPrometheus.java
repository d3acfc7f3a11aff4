package dev.tocsin.simulation;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Prometheus server in virtual time: it scrapes each target every 15 s at a moment of its own, and answers. */
final class VirtualPrometheus {
    private static final int INTERVAL_SECONDS = 15;
    private static final int TIMEOUT_SECONDS = 10;
    private static final int EMPTY_AFTER_START_SECONDS = 5;

    /** What it knows of one target. */
    private static final class Seen {
        final Target target;
        Reading reading = Reading.UNKNOWN;
        long lastScrapeMillis = Observation.NEVER;

        Seen(Target target) {
            this.target = target;
        }
    }

    /** What its scrapes of the targets come to. */
    interface Reach {
        boolean succeeds(String job, String instance);

        /** Whether a scrape ends at all. */
        boolean ends(String job, String instance);
    }

    final Source source;
    private final Map<String, List<String>> discovered;
    private final Reach reach;
    private final Map<String, Seen> targets = new LinkedHashMap<>();
    private final Map<String, Target> known = new HashMap<>();
    private Instant startTime;
    private long startSecond = -EMPTY_AFTER_START_SECONDS;
    boolean refuses;
    boolean replaysWal;
    boolean frozen;
    boolean reloads;
    boolean hidesRuntime;
    long skewMillis;

    /**
     * @param discovered instances of each job, as service discovery has them; read anew all the time
     * @param reach what a scrape of (job, instance) from here comes to
     */
    VirtualPrometheus(
            String name, String cluster, Map<String, List<String>> discovered, Reach reach, Instant startTime) {
        this.source = new Source(name, cluster, SourceKind.PROMETHEUS);
        this.discovered = discovered;
        this.reach = reach;
        this.startTime = startTime;
    }

    /** Forgets all, as a restart does: no target before 5 s have passed, none scraped before its turn. */
    void restart(long second, Instant wall) {
        targets.clear();
        startTime = wall;
        startSecond = second;
        refuses = false;
        replaysWal = false;
        reloads = false;
    }

    /** Forgets what it knows of a job's targets, as a reload does when their pool was edited. */
    void resetPool(String job) {
        targets.replaceAll((id, seen) -> seen.target.job().equals(job) ? new Seen(seen.target) : seen);
    }

    /** Whether nothing can be learned from it now. */
    boolean dark() {
        return refuses || replaysWal || reloads || frozen || targets.isEmpty();
    }

    void scrape(long second, Instant wall) {
        if (refuses || replaysWal || second < startSecond + EMPTY_AFTER_START_SECONDS) {
            return;
        }
        discover();
        if (frozen) {
            return;
        }
        for (Seen seen : targets.values()) {
            boolean due = Math.floorMod(seen.target.id().hashCode(), INTERVAL_SECONDS) == second % INTERVAL_SECONDS;
            if (due && reach.ends(seen.target.job(), seen.target.instance())) {
                boolean up = reach.succeeds(seen.target.job(), seen.target.instance());
                seen.reading = up ? Reading.UP : Reading.DOWN;
                seen.lastScrapeMillis = wall.toEpochMilli() + skewMillis;
            }
        }
    }

    private void discover() {
        Map<String, Seen> before = Map.copyOf(targets);
        targets.clear();
        discovered.forEach((job, instances) -> {
            for (String instance : instances) {
                Target target = target(job, instance);
                targets.put(target.id(), before.getOrDefault(target.id(), new Seen(target)));
            }
        });
    }

    private Target target(String job, String instance) {
        return known.computeIfAbsent(job + " " + instance, name -> make(job, instance));
    }

    private Target make(String job, String instance) {
        Map<String, String> labels = Map.of("job", job, "instance", instance);
        String url = "http://" + instance + "/metrics";
        return new Target(TargetIds.of(source.name(), job, url, labels), source, job, instance, job, url, labels);
    }

    PollResult answer(long poll, Moment at) {
        if (refuses) {
            return new PollResult.Dark(poll, at, SourceState.BLIND, SourceState.Why.REFUSED, "connection refused");
        }
        if (replaysWal) {
            return new PollResult.Dark(poll, at, SourceState.STARTING, SourceState.Why.WAL_REPLAY, "replaying");
        }
        if (reloads) {
            return new PollResult.Dark(poll, at, SourceState.RELOADING, SourceState.Why.TIMEOUT, "it reloads");
        }
        List<Observation> observations = new ArrayList<>();
        for (Seen seen : targets.values()) {
            String error = seen.reading == Reading.DOWN
                    ? "Get \"" + seen.target.url() + "\": dial tcp: connect: connection refused"
                    : "";
            observations.add(new Observation(
                    seen.target,
                    seen.reading,
                    error,
                    seen.lastScrapeMillis,
                    0.01,
                    INTERVAL_SECONDS * 1_000,
                    TIMEOUT_SECONDS * 1_000));
        }
        PollResult.ServerFacts facts = hidesRuntime
                ? new PollResult.ServerFacts(null, null, pools(), null)
                : new PollResult.ServerFacts(startTime, true, pools(), null);
        return new PollResult.Answered(poll, at, at.wall().plusMillis(skewMillis), facts, observations);
    }

    private List<String> pools() {
        return targets.isEmpty()
                ? List.of()
                : discovered.keySet().stream().sorted().toList();
    }
}
