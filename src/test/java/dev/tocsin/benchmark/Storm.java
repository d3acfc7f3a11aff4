package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import dev.tocsin.health.CauseReader;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import dev.tocsin.health.WaitClock;
import dev.tocsin.outage.Correlator;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.CauseMemo;
import dev.tocsin.source.ScrapeErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * 100,000 targets go down at once: observations in, through table, cause rules and correlator, decisions out, on one
 * thread with a collector on the same core.
 *
 * <p>25,000 more stay up: a source behind which nearly everything fails is not believed, and makes no deltas. Each round
 * begins with a fresh table and correlator that hold all targets up.
 */
final class Storm {
    static final int DOWN = 100_000;
    static final int TARGETS = 125_000;
    private static final int[] JOBS = {20, 200, 1_000, 5_000};
    private static final int WARM_ROUNDS = 2;
    private static final int ROUNDS = 3;
    private static final int FLEET = 100;
    /* 1,000 deltas in 5 ms: the pace of the goal. */
    private static final int FLEET_STEP_MILLIS = 5;
    private static final double DELTAS_PER_SECOND_MIN = 200_000;
    private static final double EXPONENT_MAX = 0.15;
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
    private static final CauseReader CAUSES = new CauseMemo(ScrapeErrors.load());

    private Storm() {}

    public static void main(String[] args) {
        causes();
        print("all behind one source", 1);
        print("behind 100 sources of one cluster, each job behind all", FLEET);
    }

    private static void causes() {
        List<Observation> storm = fleet(1, JOBS[0]).get(0).storm;
        long took = 0;
        for (int round = 0; round < WARM_ROUNDS; round++) {
            long start = Cpu.ofThisThread();
            storm.stream().filter(o -> o.reading() == Reading.DOWN).forEach(o -> CAUSES.read(o.lastError()));
            took = Cpu.ofThisThread() - start;
        }
        Row.told("cause read from an error text", number("%.2f us", took / 1000.0 / DOWN), "", "")
                .print();
    }

    private static void print(String layout, int sources) {
        double[][] nanos = new double[JOBS.length][ROUNDS];
        double[][] correlatorNanos = new double[JOBS.length][ROUNDS];
        for (int j = 0; j < JOBS.length; j++) {
            List<Part> fleet = fleet(sources, JOBS[j]);
            for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
                Took took = storm(fleet);
                if (round >= 0) {
                    nanos[j][round] = took.all / DOWN;
                    correlatorNanos[j][round] = took.correlator / DOWN;
                }
            }
        }
        double[] medians = new double[JOBS.length];
        StringBuilder each = new StringBuilder();
        double slowest = 0;
        for (int j = 0; j < JOBS.length; j++) {
            medians[j] = UnchangedPoll.median(nanos[j]);
            slowest = Math.max(slowest, medians[j]);
            each.append(j == 0 ? "" : " / ").append(number("%.0f k", 1e6 / medians[j]));
        }
        double worst = 1e9 / slowest;
        Row.timed(
                        "storm of 100,000 deltas, " + layout,
                        each + " deltas/s",
                        "20 / 200 / 1,000 / 5,000 jobs",
                        number("%.1fx", worst / DELTAS_PER_SECOND_MIN),
                        ">= 200 k/s",
                        worst >= DELTAS_PER_SECOND_MIN)
                .print();
        StringBuilder correlators = new StringBuilder();
        for (double[] part : correlatorNanos) {
            correlators
                    .append(correlators.isEmpty() ? "" : " / ")
                    .append(number("%.2f", UnchangedPoll.median(part) / 1000));
        }
        Row.told("  of it the correlator", correlators + " us/delta", "20 / 200 / 1,000 / 5,000 jobs", "")
                .print();
        double exponent = exponent(medians);
        Row.held(
                        "  cost per delta over the number of jobs",
                        number("exponent %.2f", exponent),
                        "20 to 5,000 jobs",
                        "",
                        "<= 0.15",
                        exponent <= EXPONENT_MAX)
                .print();
    }

    /** The slope of the line through the logarithms. */
    private static double exponent(double[] costs) {
        double n = JOBS.length;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int j = 0; j < JOBS.length; j++) {
            double lx = Math.log(JOBS[j]);
            double ly = Math.log(costs[j]);
            x += lx;
            y += ly;
            xx += lx * lx;
            xy += lx * ly;
        }
        return (n * xy - x * y) / (n * xx - x * x);
    }

    /** One source's targets, and the two answers of it. */
    private record Part(Source source, List<Observation> up, List<Observation> storm) {}

    private static List<Part> fleet(int sources, int jobs) {
        List<Part> fleet = new ArrayList<>();
        String[] names = names(jobs);
        int i = 0;
        for (int s = 0; s < sources; s++) {
            Source source = new Source("prom-" + s, "eu-1", SourceKind.PROMETHEUS);
            List<Observation> up = new ArrayList<>();
            List<Observation> storm = new ArrayList<>();
            for (int n = 0; n < TARGETS / sources; n++, i++) {
                Target target = target(source, i, names[i % jobs]);
                boolean falls = falls(i, jobs);
                up.add(observation(target, Reading.UP, "", BEGIN));
                storm.add(observation(
                        target, falls ? Reading.DOWN : Reading.UP, falls ? refused(target) : "", BEGIN.plus(INTERVAL)));
            }
            Random random = new Random(s);
            fleet.add(new Part(source, asListed(up, random), asListed(storm, random)));
        }
        return fleet;
    }

    /** All targets behind one source. */
    static List<Target> targets(Source source, int jobs) {
        String[] names = names(jobs);
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(target(source, i, names[i % jobs]));
        }
        return targets;
    }

    /* The decoder shares them, too. */
    private static String[] names(int jobs) {
        String[] names = new String[jobs];
        Arrays.setAll(names, n -> "job-" + n);
        return names;
    }

    /** Whether that target goes down: four fifths of each job, and behind each source. */
    static boolean falls(int i, int jobs) {
        return (i + i / jobs) % 5 != 0;
    }

    static String refused(Target target) {
        return "Get \"" + target.url() + "\": dial tcp " + target.instance() + ": connect: connection refused";
    }

    /* As Prometheus lists them: pool by pool, and within a pool in another order each time. */
    private static List<Observation> asListed(List<Observation> observations, Random random) {
        Collections.shuffle(observations, random);
        observations.sort(
                Comparator.comparing(observation -> observation.target().pool()));
        return observations;
    }

    private static Target target(Source source, int i, String job) {
        String instance = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + ":9100";
        String url = "http://" + instance + "/metrics";
        Map<String, String> labels = Map.of("job", job, "instance", instance);
        String id = TargetIds.of(source.name(), job, url, labels);
        return new Target(id, source, job, instance, job, url, labels);
    }

    static Observation observation(Target target, Reading reading, String error, Instant scraped) {
        return new Observation(target, reading, error, scraped.toEpochMilli(), 0.003, 15_000, 10_000);
    }

    /** Nanoseconds of the processor: all threads, and our own in the correlator. */
    private record Took(double all, double correlator) {}

    private static Took storm(List<Part> fleet) {
        WaitClock waits = new WaitClock();
        Correlator correlator = new Correlator("eu-1", job -> OutageRules.DEFAULT, waits, 1);
        List<HealthTable> tables = new ArrayList<>();
        for (Part part : fleet) {
            HealthTable table = new HealthTable(part.source, HealthRules.DEFAULT, CAUSES, waits, 1);
            tables.add(table);
            correlator.batch(poll(table, 1, BEGIN, part.up, waits));
        }
        System.gc();
        int deltas = 0;
        long inCorrelator = 0;
        long start = Cpu.nanos();
        for (int s = 0; s < fleet.size(); s++) {
            Instant now = BEGIN.plus(INTERVAL).plusMillis(s * FLEET_STEP_MILLIS);
            DeltaBatch batch = poll(tables.get(s), 2, now, fleet.get(s).storm, waits);
            deltas += batch.deltas().size();
            long before = Cpu.ofThisThread();
            correlator.batch(batch);
            inCorrelator += Cpu.ofThisThread() - before;
        }
        long beforeTick = Cpu.ofThisThread();
        Instant end = BEGIN.plus(INTERVAL).plusSeconds(1);
        waits.beat(end.toEpochMilli());
        correlator.tick(new Moment(end.toEpochMilli(), end));
        inCorrelator += Cpu.ofThisThread() - beforeTick;
        long took = Cpu.nanos() - start;
        if (deltas != DOWN) {
            throw new IllegalStateException("want " + DOWN + " deltas, got " + deltas);
        }
        return new Took(took, inCorrelator);
    }

    private static DeltaBatch poll(
            HealthTable table, long poll, Instant now, List<Observation> observations, WaitClock waits) {
        Moment at = new Moment(now.toEpochMilli(), now);
        waits.beat(at.monoMillis());
        return table.poll(new PollResult.Answered(poll, at, now, PollResult.ServerFacts.NONE, observations), INTERVAL);
    }
}
