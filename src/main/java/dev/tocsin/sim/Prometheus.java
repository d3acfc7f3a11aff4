package dev.tocsin.sim;

import dev.tocsin.scenario.Sickness;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One simulated Prometheus: its targets, what is the matter with it, and what it answers. Confined: its fleet; pure, time
 * is an argument.
 */
final class Prometheus implements Server {
    /** Started long before the story. */
    private static final long AGE_MILLIS = 3_600_000;

    private static final Set<String> STALL_IN_A_RELOAD = Set.of(
            "/api/v1/targets", "/api/v1/scrape_pools", "/api/v1/status/runtimeinfo", "/api/v1/status/tsdb", "/metrics");

    private final String name;
    private final Scrapes scrapes;
    private final Answers answers;
    private final Ailments sick = new Ailments(
            new Reply.Answer(401, "text/plain; charset=utf-8", "Unauthorized\n", Map.of("WWW-Authenticate", "Basic")));
    private final Map<String, Integer> dropped = new TreeMap<>();
    private long startMillis; // on its own clock, as that was then
    private long sickSinceMillis;

    Prometheus(String name, Scrapes scrapes, Answers answers, long nowMillis) {
        this.name = name;
        this.scrapes = scrapes;
        this.answers = answers;
        this.startMillis = nowMillis - AGE_MILLIS;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String usualPath() {
        return "/api/v1/targets?state=active";
    }

    @Override
    public boolean listens() {
        return !sick.has(Sickness.REFUSES);
    }

    @Override
    public void pass(long nowMillis) {
        if (!down()) {
            boolean reaches = !sick.has(Sickness.ISOLATED);
            scrapes.pass(nowMillis, sick.skewMillis(), !sick.has(Sickness.FROZEN), reaches);
        }
    }

    /* No process, or one that does not scrape yet, or no more. */
    private boolean down() {
        return sick.has(Sickness.REFUSES) || sick.has(Sickness.STARTING) || sick.has(Sickness.STOPPING);
    }

    @Override
    public void fall(Sickness sickness, long nowMillis) {
        sick.add(sickness);
        sickSinceMillis = nowMillis;
    }

    @Override
    public void recover(long nowMillis) {
        if (down()) {
            restart(nowMillis);
        }
        sick.clear();
    }

    @Override
    public void restart(long nowMillis) {
        scrapes.restart(nowMillis);
        startMillis = clock(nowMillis);
        sick.remove(Sickness.RELOADING);
    }

    void reset(String job) {
        scrapes.reset(job);
    }

    void drop(String job, int count) {
        dropped.put(job, count);
    }

    @Override
    public void skew(long millis) {
        sick.skew(millis);
    }

    @Override
    public long clock(long nowMillis) {
        return sick.clock(nowMillis);
    }

    @Override
    public Reply answer(Asked asked, long nowMillis) {
        pass(nowMillis);
        Reply whatever = sick.answer();
        if (whatever != null) {
            return whatever;
        } else if (down() && !answersWhileDown(asked.path())) {
            return unavailable();
        } else if (sick.has(Sickness.RELOADING) && STALL_IN_A_RELOAD.contains(asked.path())) {
            return new Reply.NotYet();
        }
        return answers.of(asked, state(nowMillis), scrapes.byPool());
    }

    private boolean answersWhileDown(String path) {
        boolean starts = path.equals("/metrics") || path.equals("/api/v1/status/walreplay");
        return path.equals("/-/healthy") || starts && sick.has(Sickness.STARTING);
    }

    private Reply unavailable() {
        String stopping = String.valueOf(sick.has(Sickness.STOPPING));
        return new Reply.Answer(
                503, "text/plain; charset=utf-8", "Service Unavailable", Map.of("X-Prometheus-Stopping", stopping));
    }

    private State state(long nowMillis) {
        return new State(
                clock(nowMillis),
                startMillis,
                !sick.has(Sickness.MISCONFIGURED),
                sick.has(Sickness.RETICENT),
                sick.has(Sickness.STARTING) ? nowMillis - sickSinceMillis : State.REPLAYED,
                Map.copyOf(dropped));
    }

    /**
     * What it says of itself. Immutable.
     *
     * @param nowMillis on its own clock, as {@code startMillis}
     * @param hidesStart whether it does not tell when it was started
     * @param replayingMillis for how long it has been replaying its log; {@link #REPLAYED} when it is not
     * @param dropped targets per pool
     */
    record State(
            long nowMillis,
            long startMillis,
            boolean reloaded,
            boolean hidesStart,
            long replayingMillis,
            Map<String, Integer> dropped) {
        static final long REPLAYED = -1;
    }
}
