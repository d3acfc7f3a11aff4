package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Health;
import dev.tocsin.health.SourceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of the impact whatever happens: two services and two jobs at random, blind spells, departures and restarts of
 * ours; each seed is one world of 25 minutes.
 */
class ImpactPropertiesTest {
    private static final List<String> SERVICES = List.of("shop@file", "cart@file");
    private static final List<String> JOBS = List.of("shop", "cart");
    private static final Health UNKNOWN = new Health.Unknown(Health.UnknownWhy.SOURCE_BLIND);
    private static final Health GONE = new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY);
    private static final int STEP_SECONDS = 5;

    /** A round, a version's turn, and a poll before each: for so long may stand what nothing bears out. */
    private static final int UNPROVEN_STEPS = (30 + 10 + 5 + 5) / STEP_SECONDS;

    static LongStream seeds() {
        return LongStream.range(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyIsHiddenAndNoWolfIsCried(long seed) {
        Random random = new Random(seed);
        Scene scene = Scene.with("prom-a", "edge-1");
        Map<String, String> before = new HashMap<>();
        Map<String, Integer> unproven = new HashMap<>(); // for how many steps, by job

        for (int step = 0; step < 300; step++) {
            if (happen(scene, random)) {
                unproven.clear();
            }
            int told = scene.versions.size();
            scene.pass(STEP_SECONDS);
            Map<String, String> now = health(scene);
            for (Outage version : scene.versions.subList(told, scene.versions.size())) {
                String what = "seed %d, step %d: %s %s down %s of %s, %s, %s, all that was told %s"
                        .formatted(
                                seed,
                                step,
                                version.reason(),
                                version.verdict(),
                                version.members().down(),
                                version.scope().title(),
                                version.both(),
                                now,
                                scene.told);
                assertThat(version.both().joined()).as(what).allMatch(ImpactPropertiesTest::addsUp);
                assertThat(hidesNobody(version, before, now)).as(what).isTrue();
                assertThat(criesNoWolf(version, scene, before, now)).as(what).isTrue();
            }
            before = now;
            standsNotTooLong(scene, unproven, "seed " + seed + ", step " + step);
        }
        assertThat(scene.versions).isNotEmpty();
    }

    /** True when we started again. */
    private static boolean happen(Scene scene, Random random) {
        int what = random.nextInt(40);
        switch (what) {
            case 0 -> scene.state("edge-1", SourceState.BLIND);
            case 1 -> scene.state("prom-a", SourceState.BLIND);
            case 2, 3 -> scene.state("edge-1", SourceState.READY).state("prom-a", SourceState.READY);
            case 4 -> scene.killAndRestart(random.nextInt(30));
            default -> change(scene, random);
        }
        return what == 4;
    }

    /* The two kinds have the same addresses; a change of one is sometimes one of both, and of all. */
    private static void change(Scene scene, Random random) {
        if (random.nextInt(3) > 0) {
            return;
        }
        int pool = random.nextInt(2);
        boolean all = random.nextInt(3) == 0;
        int one = random.nextInt(4);
        boolean atBalancer = random.nextBoolean();
        boolean atScrape = !atBalancer || random.nextBoolean();
        int what = random.nextInt(10);
        for (int i = 0; i < 4; i++) {
            if (all || i == one) {
                String address = "10.0." + pool + "." + i + ":80";
                change(scene, atBalancer, "edge-1", SERVICES.get(pool), address, what);
                change(scene, atScrape, "prom-a", JOBS.get(pool), address, what);
            }
        }
    }

    private static void change(Scene scene, boolean at, String source, String job, String address, int what) {
        if (at) {
            switch (what) {
                case 0 -> scene.change(source, job, address, UNKNOWN);
                case 1 -> scene.change(source, job, address, GONE);
                case 2, 3, 4, 5 -> scene.down(source, job, address);
                default -> scene.up(source, job, address);
            }
        }
    }

    /** What each source said last of each address. */
    private static Map<String, String> health(Scene scene) {
        Map<String, String> health = new HashMap<>();
        scene.health
                .values()
                .forEach(delta -> health.put(
                        delta.target().source().name() + " " + delta.target().instance(),
                        delta.to().health().text()));
        return health;
    }

    /* Of whom the balancers know nothing positive now, what was told before stands. */
    private static boolean hidesNobody(Outage version, Map<String, String> before, Map<String, String> now) {
        if (version.both().impact() != Impact.OBSERVABILITY) {
            return true;
        }
        boolean allKnown = version.both().joined().stream().allMatch(one -> one.unknown() == 0);
        return version.both().joined().stream().allMatch(one -> one.bothDown() == 0)
                && (!allKnown
                        || !version.open()
                        || version.members().down().stream()
                                .allMatch(member -> is("up", "edge-1 " + member, before, now)));
    }

    private static boolean criesNoWolf(
            Outage version, Scene scene, Map<String, String> before, Map<String, String> now) {
        boolean told = version.open() && version.both().impact() == Impact.USERS;
        boolean allKnown = version.both().joined().stream().allMatch(one -> one.unknown() == 0);
        int pool = Math.max(
                SERVICES.indexOf(version.scope().title()),
                JOBS.indexOf(version.scope().title()));
        boolean nobodyServes = IntStream.range(0, 4)
                .mapToObj(i -> "edge-1 10.0." + pool + "." + i + ":80")
                .noneMatch(at -> "up".equals(before.get(at)) && "up".equals(now.get(at)));
        boolean serviceOut = scene.versions.stream()
                .filter(one -> one.scope().title().equals(SERVICES.get(pool)))
                .filter(one -> one.changedAt().isBefore(version.changedAt()) || one == version)
                .reduce((a, b) -> b)
                .filter(one -> one.open() && one.verdict() == Verdict.JOB)
                .isPresent();
        return !told || !allKnown || asBefore(version) || nobodyServes || serviceOut;
    }

    /* Nobody who is down is in sight: what was told of them stands. */
    private static boolean asBefore(Outage version) {
        return version.members().down().isEmpty() || !version.vantages().blind().isEmpty();
    }

    private static void standsNotTooLong(Scene scene, Map<String, Integer> unproven, String what) {
        for (Outage outage : scene.outages.values()) {
            String job = outage.scope().title();
            boolean told = outage.open() && outage.both().impact() != null;
            boolean borneOut = !nobodyDown(scene, job)
                    && (outage.both().impact() != Impact.OBSERVABILITY || scene.state("edge-1") == SourceState.READY);
            int steps = told && !borneOut ? unproven.getOrDefault(job, 0) + 1 : 0;
            unproven.put(job, steps);
            assertThat(steps)
                    .as("%s: %s, all that was told %s", what, outage, scene.told)
                    .isLessThan(UNPROVEN_STEPS);
        }
    }

    /** Whether a source that votes says so. */
    private static boolean nobodyDown(Scene scene, String job) {
        return scene.state(SERVICES.contains(job) ? "edge-1" : "prom-a") == SourceState.READY
                && scene.health.values().stream()
                        .filter(delta -> delta.target().job().equals(job))
                        .noneMatch(delta -> delta.to().health() instanceof Health.Down);
    }

    private static boolean is(String health, String key, Map<String, String> before, Map<String, String> now) {
        return health.equals(before.get(key)) || health.equals(now.get(key));
    }

    private static boolean addsUp(BothViews.Joined one) {
        return one.bothDown() + one.outOfRotation() + one.notScraped() + one.bothUp() + one.unknown()
                == one.endpoints();
    }
}
