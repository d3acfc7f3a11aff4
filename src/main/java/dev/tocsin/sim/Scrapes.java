package dev.tocsin.sim;

import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.TargetRef;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The targets of one server, each scraped at a moment of its own. Confined: its server; pure, time is an argument.
 *
 * <p>Nothing runs: whoever looks, or is about to change something, first lets the time {@link #pass} that has passed.
 */
final class Scrapes {
    /** {@code --scrape.discovery-reload-interval}: measured, on all versions. */
    private static final long EMPTY_AFTER_START_MILLIS = 5_000;

    private final String server;
    private final String cluster;
    private final Map<JobRef, List<String>> listed;
    private final Processes processes;
    private final Setting setting;
    private final long seed;
    private final Map<TargetRef, Scraped> targets = new LinkedHashMap<>();
    private long discoversFromMillis;
    private long passedMillis;
    private boolean discovered;

    /** @param listed instances of the jobs of all clusters, as service discovery has them; read anew all the time */
    Scrapes(
            String server,
            String cluster,
            Map<JobRef, List<String>> listed,
            Processes processes,
            Setting setting,
            long seed,
            long nowMillis) {
        this.server = server;
        this.cluster = cluster;
        this.listed = listed;
        this.processes = processes;
        this.setting = setting;
        this.seed = seed;
        this.discoversFromMillis = nowMillis;
    }

    /** Forgets all, as a restart does: no target before 5 s have passed, none scraped before its turn. */
    void restart(long nowMillis) {
        targets.clear();
        discovered = false;
        discoversFromMillis = nowMillis + EMPTY_AFTER_START_MILLIS;
    }

    /** Forgets what it knows of a job's targets, as a reload does when their pool was edited. */
    void reset(String job) {
        targets.replaceAll((ref, known) -> ref.job().name().equals(job) ? scraped(ref) : known);
    }

    /** @param tries whether it scrapes at all @param reaches whether a scrape may reach anything */
    void pass(long nowMillis, long skewMillis, boolean tries, boolean reaches) {
        if (nowMillis < discoversFromMillis) {
            return;
        }
        passedMillis = Math.max(passedMillis, discoversFromMillis);
        discover();
        targets.values().forEach(target -> scrape(target, nowMillis, skewMillis, tries, reaches));
        passedMillis = nowMillis;
    }

    private void discover() {
        Map<TargetRef, Scraped> before = Map.copyOf(targets);
        targets.clear();
        discovered = true;
        listed.forEach((job, instances) -> {
            if (job.cluster().equals(cluster)) {
                for (String instance : instances) {
                    TargetRef ref = new TargetRef(job, instance);
                    Scraped known = before.get(ref);
                    targets.put(ref, known == null ? scraped(ref) : known);
                }
            }
        });
    }

    private Scraped scraped(TargetRef ref) {
        Setting.Scrape scrape = setting.scrapes().getOrDefault(ref.job(), setting.scrape());
        long own = 31L * server.hashCode() + ref.toString().hashCode();
        return new Scraped(ref, scrape, new SplittableRandom(seed ^ own << 16), passedMillis);
    }

    private void scrape(Scraped target, long nowMillis, long skewMillis, boolean tries, boolean reaches) {
        while (true) {
            String failure = reaches
                    ? processes.failure(server, target.target, target.number())
                    : Processes.refusal(target.target.instance());
            long ends = target.dueMillis + (long) (1_000 * target.seconds(failure));
            if (ends > nowMillis) {
                return;
            }
            if (tries && processes.ends(target.target)) {
                target.ended(failure, skewMillis);
            }
            target.dueMillis += target.intervalMillis;
        }
    }

    /** Its targets by pool, the pools in their order; empty ones too, none before it has discovered any. */
    Map<String, Collection<Scraped>> byPool() {
        if (!discovered) {
            return Map.of();
        }
        Map<String, Collection<Scraped>> pools = new TreeMap<>();
        listed.keySet().stream()
                .filter(job -> job.cluster().equals(cluster))
                .forEach(job -> pools.put(
                        job.name(),
                        targets.values().stream()
                                .filter(target -> target.target.job().equals(job))
                                .toList()));
        return Collections.unmodifiableMap(pools);
    }
}
