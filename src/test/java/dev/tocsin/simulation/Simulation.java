package dev.tocsin.simulation;

import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import dev.tocsin.source.CauseMemo;
import dev.tocsin.source.ScrapeErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** A random world with random faults, played from one seed in virtual time: what is told is true, nothing is lost. */
public final class Simulation {
    static final int STEPS = 40;
    private static final ScrapeErrors ERRORS = ScrapeErrors.load();
    private static final Duration ABSENT_FOR = Duration.ofMinutes(5);
    private static final int PEACE_SECONDS = 660;

    private final World world;
    private final Truth truth = new Truth(World.START);
    private final Oracle oracle = new Oracle(truth);
    private final Faults faults;
    private int judged;

    private Simulation(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    /**
     * What is played of a seed: all of it, or what is left when it is shrunk.
     *
     * @param off kinds of faults that do not strike
     * @param skipped steps of which the fault does not strike; their time passes
     * @param steps so many; the others are left out
     */
    record Plan(long seed, Set<Faults.Kind> off, Set<Integer> skipped, int steps) {
        static Plan of(long seed) {
            return new Plan(seed, EnumSet.noneOf(Faults.Kind.class), new TreeSet<>(), STEPS);
        }
    }

    /**
     * What came of one seed.
     *
     * @param violation the first one; empty when there is none
     * @param second when it was; of the whole run when there is none
     * @param step the number of steps until then
     * @param ambiguous openings that nobody could have told from the truth
     * @param proven plain outages that were found in time
     */
    public record Outcome(
            long seed, String violation, long second, int step, int ambiguous, int proven, List<String> trace) {}

    /** The first violation of a seed, as text; empty when there is none. In words of the JDK alone, for other class loaders. */
    public static String violation(long seed) {
        return run(seed).violation();
    }

    public static Outcome run(long seed) {
        return run(Plan.of(seed));
    }

    static Outcome run(Plan plan) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        SplittableRandom shape = random.split();
        World world = new World(settings(shape), sources(shape));
        Map<String, Integer> jobs = jobs(shape);
        jobs.forEach((job, size) -> world.job(job, 1, size));
        Faults faults = new Faults(world, jobs);
        Simulation simulation = new Simulation(world, faults);
        Progress progress = new Progress();
        String violation = "";
        try {
            simulation.play(plan, random, progress);
        } catch (Violation | RuntimeException failed) {
            violation = failed.toString();
        }
        return new Outcome(
                plan.seed(),
                violation,
                world.second(),
                progress.step,
                simulation.oracle.ambiguous(),
                simulation.oracle.plainOutagesFound(),
                violation.isEmpty() ? List.of() : simulation.trace());
    }

    private static final class Progress {
        int step;
    }

    private void play(Plan plan, SplittableRandom random, Progress progress) {
        List<Faults.Kind> mask = Faults.mask(random.split());
        boolean healsTargets = random.split().nextBoolean();
        pass(60);
        for (; progress.step < plan.steps(); progress.step++) {
            SplittableRandom step = random.split();
            if (!mask.isEmpty()) {
                Faults.Kind kind = mask.get(step.nextInt(mask.size()));
                SplittableRandom chances = step.split();
                if (!plan.off().contains(kind) && !plan.skipped().contains(progress.step)) {
                    faults.strike(kind, chances);
                }
            }
            pass(1 + step.nextInt(step.nextInt(8) == 0 ? 400 : 40));
        }
        faults.heal();
        if (healsTargets) {
            faults.healTargets();
        }
        pass(PEACE_SECONDS);
        oracle.end();
    }

    private static List<Source> sources(SplittableRandom shape) {
        List<String> names =
                List.of("a", "b", "c").subList(0, List.of(1, 1, 2, 2, 3).get(shape.nextInt(5)));
        return names.stream()
                .map(name -> new Source(name, World.CLUSTER, SourceKind.PROMETHEUS))
                .toList();
    }

    private static Map<String, Integer> jobs(SplittableRandom shape) {
        Map<String, Integer> jobs = new LinkedHashMap<>();
        int count = 2 + shape.nextInt(3);
        for (int job = 0; job < count; job++) {
            jobs.put("j" + job, shape.nextInt(4) == 0 ? 1 : 1 + shape.nextInt(12));
        }
        return jobs;
    }

    private static Settings settings(SplittableRandom shape) {
        OutageRules d = OutageRules.DEFAULT;
        OutageRules rules = new OutageRules(
                Quorum.ALL,
                d.jobWideShare(),
                d.jobWideMin(),
                d.partialShare(),
                d.partialMin(),
                d.confirmMin(),
                d.confirmMax(),
                d.settleCap(),
                ABSENT_FOR,
                false);
        return new Settings(
                5,
                Settings.DEFAULT.scrape(),
                Map.of(),
                job -> rules,
                new HealthRules(HealthRules.DEFAULT.staleAfter(), ABSENT_FOR),
                new CauseMemo(ERRORS),
                shape.nextBoolean() ? 64 << 20 : 20_000,
                shape.nextBoolean() ? 10_000 : 5);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            boolean calm = faults.second();
            world.pass(1);
            truth.note(world.state(calm));
            for (; judged < world.us().records().size(); judged++) {
                oracle.see(world.us().records().get(judged).event());
            }
            oracle.second();
        }
    }

    /* Faults and what was told, in the order of their times. */
    private List<String> trace() {
        List<String> trace = new ArrayList<>(faults.trace());
        trace.addAll(world.told);
        trace.sort(Comparator.comparingLong(line -> Long.parseLong(line.substring(0, line.indexOf('s')))));
        return trace;
    }
}
