package dev.tocsin.simulation;

import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import dev.tocsin.poll.VirtualPoller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/** A Prometheus server in virtual time: it scrapes each target at a moment of its own, again and again, and answers. */
final class VirtualPrometheus {
    private static final int EMPTY_AFTER_START_SECONDS = 5;

    /** What it knows of one target. */
    private static final class Seen {
        final Target target;
        final Settings.Scrape scrape;
        Reading reading = Reading.UNKNOWN;
        String error = "";
        long lastScrapeMillis = Observation.NEVER;
        int scrapes;

        Seen(Target target, Settings.Scrape scrape) {
            this.target = target;
            this.scrape = scrape;
        }
    }

    /** What its scrapes of the targets come to. */
    interface Reach {
        /** Its error text, empty when it succeeds. @param number of the scrape: 0, 1, 2 ... */
        String failure(Target target, int number);

        /** Whether a scrape ends at all. */
        boolean ends(Target target);
    }

    final Source source;
    private final Map<String, List<String>> discovered;
    private final IntSupplier version;
    private final Reach reach;
    private final Settings settings;
    private final Map<String, Seen> targets = new LinkedHashMap<>();
    private final Map<String, Target> known = new HashMap<>();
    private int discoveredVersion = -1;
    private Instant startTime;
    private long startSecond = -EMPTY_AFTER_START_SECONDS;
    /** Whether it has looked for targets since its start; its pools are empty until then. */
    private boolean begun;

    boolean refuses;
    boolean replaysWal;
    boolean frozen;
    boolean reloads;
    boolean hidesRuntime;

    /** It takes a request, and says nothing. */
    boolean hangs;

    /** Its answers end in the midst of a target. */
    boolean torn;

    /** Its lists are empty, whatever it discovers. */
    boolean empty;

    /** Where the instances are; at a host of their name as a rule. */
    UnaryOperator<String> addresses = UnaryOperator.identity();

    /** How long an answer takes. */
    int latencySeconds;

    boolean reloadFailed;
    long skewMillis;

    /** Whether we get no answer from it, whatever it does: it goes on scraping. */
    boolean unseen;

    /** What an answer is when it {@link #refuses} or is {@link #unseen}. */
    SourceState darkState = SourceState.BLIND;

    SourceState.Why darkWhy = SourceState.Why.REFUSED;

    /** Dropped targets per pool; null when it does not tell. */
    Map<String, Integer> dropped;

    /**
     * @param discovered instances of each job, as service discovery has them; read anew all the time
     * @param version changes when they do
     * @param reach what a scrape of (job, instance) from here comes to
     */
    VirtualPrometheus(
            Source source,
            Map<String, List<String>> discovered,
            IntSupplier version,
            Reach reach,
            Settings settings,
            Instant startTime) {
        this.version = version;
        this.source = source;
        this.settings = settings;
        this.discovered = discovered;
        this.reach = reach;
        this.startTime = startTime;
    }

    /** Forgets all, as a restart does: no target before 5 s have passed, none scraped before its turn. */
    void restart(long second, Instant wall) {
        targets.clear();
        begun = false;
        startTime = wall;
        startSecond = second;
        refuses = false;
        replaysWal = false;
        reloads = false;
    }

    /** Forgets what it knows of a job's targets, as a reload does when their pool was edited. */
    void resetPool(String job) {
        targets.replaceAll((id, seen) -> seen.target.job().equals(job) ? new Seen(seen.target, seen.scrape) : seen);
    }

    /** Whether nothing may be learned from it now. */
    boolean dark() {
        return silent() || frozen || latencySeconds > 0 || empty || targets.isEmpty();
    }

    /** Whether it gives no answer of use. */
    boolean silent() {
        return refuses || unseen || replaysWal || reloads || hangs || torn;
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
            int interval = seen.scrape.intervalSeconds();
            boolean due = Math.floorMod(seen.target.id().hashCode(), interval) == second % interval;
            if (due && reach.ends(seen.target)) {
                seen.error = reach.failure(seen.target, seen.scrapes++);
                seen.reading = seen.error.isEmpty() ? Reading.UP : Reading.DOWN;
                seen.lastScrapeMillis = wall.toEpochMilli() + skewMillis;
            }
        }
    }

    private void discover() {
        begun = true;
        if (discoveredVersion == version.getAsInt() && !targets.isEmpty()) {
            return;
        }
        discoveredVersion = version.getAsInt();
        Map<String, Seen> before = Map.copyOf(targets);
        targets.clear();
        discovered.forEach((job, instances) -> {
            for (String instance : instances) {
                Target target = target(job, instance);
                targets.put(target.id(), before.getOrDefault(target.id(), new Seen(target, settings.scrapeOf(job))));
            }
        });
    }

    private Target target(String job, String instance) {
        return known.computeIfAbsent(job + " " + instance, name -> make(job, instance));
    }

    private Target make(String job, String instance) {
        Map<String, String> labels = Map.of("job", job, "instance", instance);
        String url = "http://" + instance + "/metrics";
        String id = TargetIds.of(source.name(), job, url, labels); // and so the moment of its scrapes
        String at = "http://" + addresses.apply(instance) + "/metrics";
        return new Target(id, source, job, instance, job, at, labels);
    }

    /** @param wall the true time; what we take it for is in {@code now} */
    VirtualPoller.Reply ask(Moment now, Instant wall) {
        List<Observation> list = list();
        long atMillis = hangs ? Long.MAX_VALUE : now.monoMillis() + 1_000L * latencySeconds;
        return new VirtualPoller.Reply(
                atMillis, (poll, at, tooLate) -> tooLate ? late(poll, at) : answer(poll, at, wall, list));
    }

    private PollResult late(long poll, Moment at) {
        return new PollResult.Dark(
                poll,
                at,
                hangs ? SourceState.BLIND : SourceState.RELOADING,
                SourceState.Why.TIMEOUT,
                "no answer in time");
    }

    private PollResult answer(long poll, Moment at, Instant wall, List<Observation> list) {
        if (torn) {
            return new PollResult.Dark(poll, at, SourceState.BLIND, SourceState.Why.MALFORMED, "the list is torn");
        }
        if (refuses || unseen) {
            return new PollResult.Dark(poll, at, darkState, darkWhy, "no answer");
        }
        if (replaysWal) {
            return new PollResult.Dark(poll, at, SourceState.STARTING, SourceState.Why.WAL_REPLAY, "replaying");
        }
        if (reloads) {
            return new PollResult.Dark(poll, at, SourceState.RELOADING, SourceState.Why.TIMEOUT, "it reloads");
        }
        PollResult.ServerFacts facts = hidesRuntime
                ? new PollResult.ServerFacts(null, null, pools(), dropped)
                : new PollResult.ServerFacts(startTime, !reloadFailed, pools(), dropped);
        return new PollResult.Answered(poll, at, wall.plusMillis(skewMillis), facts, list);
    }

    private List<Observation> list() {
        List<Observation> observations = new ArrayList<>();
        for (Seen seen : targets.values()) {
            observations.add(new Observation(
                    seen.target,
                    seen.reading,
                    seen.error,
                    seen.lastScrapeMillis,
                    0.01,
                    seen.scrape.intervalSeconds() * 1_000,
                    seen.scrape.timeoutSeconds() * 1_000));
        }
        return empty ? List.of() : observations;
    }

    /** How many targets it has ever had. */
    int keys() {
        return known.size();
    }

    private List<String> pools() {
        return !begun ? List.of() : discovered.keySet().stream().sorted().toList();
    }
}
