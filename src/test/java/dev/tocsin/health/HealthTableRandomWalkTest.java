package dev.tocsin.health;

import static dev.tocsin.health.HealthTableTest.NO_ROUTE;
import static dev.tocsin.health.HealthTableTest.REFUSED;
import static dev.tocsin.health.HealthTableTest.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random faults: whatever happens, the fold of what was told is the table's state, seq has no gap, no value comes twice
 * (the {@link Scene} checks each poll), nothing is told down or up that is not, and all is told right when it is calm.
 */
class HealthTableRandomWalkTest {
    private static final double FAULTS_UNTIL = 1_800;
    private static final double CALM_UNTIL = 2_100;

    @Test
    @DisplayName("I1, I2: the fold of what is told is the table and ends at the truth")
    void theFoldOfWhatIsToldIsTheTableAndEndsAtTheTruth() {
        LongStream.range(0, 150).forEach(HealthTableRandomWalkTest::walk);
    }

    private static void walk(long seed) {
        try {
            Random random = new Random(seed);
            Scene scene = new Scene(seed);
            List<String> names = fleet(scene, random);
            for (double time = 20; time < FAULTS_UNTIL; time += 1 + random.nextInt(40)) {
                scene.at(time, fault(scene, names, random));
            }
            scene.at(FAULTS_UNTIL, () -> {
                scene.light();
                scene.fleet.frozen = false;
                scene.fleet.skewMillis = 0;
                scene.fleet.targets.values().forEach(target -> target.hangs = false);
            });
            scene.until(CALM_UNTIL);
            compare(scene);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static List<String> fleet(Scene scene, Random random) {
        List<String> names = new ArrayList<>();
        int count = 2 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            String name = "x" + i;
            names.add(name);
            scene.fleet.add("job" + random.nextInt(3), name);
        }
        // one stays up all the time, so that a guard that trips also calms
        scene.fleet.add("job0", "rock");
        scene.fleet.add("job1", "stone");
        scene.pollMillis = 1_000L * (1 + random.nextInt(6));
        return names;
    }

    private static Runnable fault(Scene scene, List<String> names, Random random) {
        String name = names.get(random.nextInt(names.size()));
        String error = List.of(REFUSED, TIMEOUT, NO_ROUTE).get(random.nextInt(3));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> () -> scene.fails(error, name);
            case 3, 4 -> () -> scene.recovers(name);
            case 5 -> () -> names.forEach(each -> scene.fails(error, each));
            case 6, 7 -> () -> names.forEach(scene::recovers);
            case 8 -> () -> scene.dark(SourceState.BLIND, SourceState.Why.TIMEOUT);
            case 9, 10 -> scene::light;
            case 11 -> scene.fleet::restart;
            case 12 -> () -> scene.fleet.frozen = !scene.fleet.frozen;
            case 13 -> () -> scene.fleet.of(name).listed = !scene.fleet.of(name).listed;
            case 14 -> random.nextBoolean() ? scene::killUs : () -> scene.stall(40);
            default ->
                random.nextBoolean()
                        ? () -> scene.fleet.of(name).hangs = !scene.fleet.of(name).hangs
                        : () -> scene.fleet.skewMillis = 1_000L * (random.nextInt(7_200) - 3_600);
        };
    }

    private static void compare(Scene scene) {
        String state = java.util.Objects.requireNonNull(scene.last).state().text();
        if (state.equals("suspect")) {
            return; // everything but the two is down at once: it may stay so
        }
        assertThat(state).isEqualTo("ready");
        assertThat(scene.mute()).isEmpty();
        for (FakeFleet.Scraped each : scene.fleet.targets.values()) {
            HealthDelta told = scene.fold.state(each.target.id());
            String health = told == null ? "nothing" : told.to().health().text();
            if (each.listed) {
                assertThat(health).as(each.target.instance()).isEqualTo(each.error.isEmpty() ? "up" : "down");
            } else {
                assertThat(health).as(each.target.instance()).isIn("gone", "nothing");
            }
        }
    }
}
