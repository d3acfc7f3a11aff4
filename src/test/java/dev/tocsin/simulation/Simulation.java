package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I11;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.log.VirtualLog;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import dev.tocsin.source.CauseMemo;
import dev.tocsin.source.ScrapeErrors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
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
    private static final int OUTAGES_ON_THEIR_WAY = 30;
    /* So that a world is what it was before there were Traefiks in a third of them. */
    private static final long STREAM_OF_EDGES = 0x7ae0f1cL << 20;

    private final Plan plan;
    private final SplittableRandom random;
    private final Settings settings;
    private final World world;
    private final Truth truth = new Truth(World.START);
    private final Oracle oracle;
    private final Faults faults;
    private final EdgeFaults edgeFaults;
    private final SplittableRandom ofEdges;
    private int judged;
    private int step;

    private Simulation(Plan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        SplittableRandom shape = random.split();
        this.settings = settings(shape);
        List<Source> sources = sources(shape);
        Map<String, Integer> jobs = jobs(shape);
        this.ofEdges = new SplittableRandom(plan.seed() ^ STREAM_OF_EDGES);
        Edges edges = Edges.of(ofEdges.split(), jobs.keySet());
        this.world = new World(settings, sources, edges.traefiks.values());
        world.servers.values().forEach(server -> server.addresses = edges::address);
        jobs.forEach((job, size) -> world.job(job, 1, size));
        this.faults = new Faults(world, jobs);
        this.edgeFaults = new EdgeFaults(edges, world::second, ofEdges.split());
        this.oracle = new Oracle(truth, edges);
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
        Simulation simulation = new Simulation(plan);
        String violation = "";
        try {
            simulation.play();
        } catch (Violation | RuntimeException failed) {
            violation = failed.toString();
        }
        return new Outcome(
                plan.seed(),
                violation,
                simulation.world.second(),
                simulation.step,
                simulation.oracle.ambiguous(),
                simulation.oracle.plainOutagesFound(),
                violation.isEmpty() ? List.of() : simulation.trace());
    }

    /** A hash over all records that a seed leads to, as they are written. */
    static String logHash(long seed) {
        Simulation simulation = new Simulation(Plan.of(seed));
        simulation.play();
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            simulation.world.us().records().forEach(told -> hash.update(VirtualLog.line(told)));
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void play() {
        List<Faults.Kind> mask = Faults.mask(random.split());
        boolean healsTargets = random.split().nextBoolean();
        pass(60);
        for (; step < plan.steps(); step++) {
            SplittableRandom chances = random.split();
            if (!mask.isEmpty()) {
                Faults.Kind kind = mask.get(chances.nextInt(mask.size()));
                SplittableRandom ofFault = chances.split();
                if (!plan.off().contains(kind) && !plan.skipped().contains(step)) {
                    faults.strike(kind, ofFault);
                }
            }
            SplittableRandom edgeChances = ofEdges.split();
            if (!plan.skipped().contains(step)) {
                edgeFaults.strike(edgeChances);
            }
            pass(1 + chances.nextInt(chances.nextInt(8) == 0 ? 400 : 40));
        }
        faults.heal();
        edgeFaults.heal();
        if (healsTargets) {
            faults.healTargets();
            edgeFaults.healTargets();
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
            boolean calm = faults.second() & edgeFaults.second();
            world.pass(1);
            truth.note(world.state(calm));
            oracle.look();
            for (; judged < world.us().records().size(); judged++) {
                oracle.see(world.us().records().get(judged).event());
            }
            oracle.second();
            /* One record of each key and those that wait one by one; as many again are on their way, with outages. */
            int bound = 2 * (settings.mergeAbove() + world.keys()) + OUTAGES_ON_THEIR_WAY;
            unless(world.us().waiting() <= bound, I11, () -> world.us().waiting() + " wait, want " + bound);
        }
    }

    /* Faults and what was told, in the order of their times. */
    private List<String> trace() {
        List<String> trace = new ArrayList<>(faults.trace());
        trace.addAll(edgeFaults.trace());
        trace.addAll(world.told);
        trace.sort(Comparator.comparingLong(line -> Long.parseLong(line.substring(0, line.indexOf('s')))));
        return trace;
    }
}
