package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.health.Cause;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One look says what a correlator does that has watched for long; each seed is one cluster of both kinds. */
class GlanceTest {
    private static final List<String> SERVICES = List.of("shop@file", "cart@file");
    private static final List<String> JOBS = List.of("shop", "cart");
    private static final Health UNKNOWN = new Health.Unknown(Health.UnknownWhy.UNCHECKED);
    private static final int INTERVAL = 15_000;
    private static final int TIMEOUT = 10_000;

    static LongStream seeds() {
        return LongStream.range(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itSaysWhatACorrelatorSaysOfWhatLasts(long seed) {
        Scene scene = Scene.with("prom-a", "edge-1", "edge-2");
        Random random = new Random(seed);
        fill(scene, random);
        scene.pass(180);

        Glance glance = of(scene, 180_000);

        assertThat(scene.outages.values()).allSatisfy(outage -> assertThat(
                        glance.of((Scope.Job) outage.scope(), outage.verdict(), outage.counts()))
                .as("seed %d: %s", seed, scene.told)
                .isEqualTo(outage.both()));
    }

    /* Each pool has a mood, so that whole outages are as frequent as single ones. */
    private static void fill(Scene scene, Random random) {
        for (int pool = 0; pool < 2; pool++) {
            int downOfTen = random.nextInt(11);
            boolean alike = random.nextBoolean();
            for (int i = 0; i < 10; i++) {
                String address = "10.0." + pool + "." + i + ":80";
                Health health = health(random, downOfTen);
                scene.change("prom-a", JOBS.get(pool), address, alike ? health : health(random, downOfTen));
                for (String edge : List.of("edge-1", "edge-2")) {
                    boolean same = random.nextInt(8) > 0;
                    scene.change(edge, SERVICES.get(pool), address, same ? health : health(random, downOfTen));
                }
            }
        }
    }

    private static Health health(Random random, int downOfTen) {
        return random.nextInt(12) == 0 ? UNKNOWN : random.nextInt(10) < downOfTen ? down() : Health.UP;
    }

    private static Health down() {
        return new Health.Down(new Cause(Scene.REFUSED, "", ""));
    }

    private static Glance of(Scene scene, long stoodMillis) {
        Glance glance = new Glance("eu", job -> OutageRules.DEFAULT);
        List.of("prom-a", "edge-1", "edge-2").forEach(source -> glance.see(source, null));
        for (HealthDelta delta : scene.health.values()) {
            glance.see(delta.target(), delta.to().health(), INTERVAL, TIMEOUT, stoodMillis);
        }
        return glance;
    }

    @Test
    void whatIsNotKnownToLastIsNotSaidToBeServed() {
        Scene scene = Scene.with("prom-a", "edge-1");
        scene.down("prom-a", "shop", "10.0.0.1:80")
                .up("edge-1", "shop@file", "10.0.0.1:80")
                .pass(180);
        Scope.Job shop = new Scope.Job("eu", SourceKind.PROMETHEUS, "shop");
        JobCounts sole = new JobCounts(1, 0, 1, 0, 0, 0);

        assertThat(of(scene, INTERVAL + TIMEOUT)
                        .of(shop, Verdict.INSTANCE, sole)
                        .impact())
                .isEqualTo(Impact.OBSERVABILITY);
        assertThat(of(scene, INTERVAL + TIMEOUT - 1)
                        .of(shop, Verdict.INSTANCE, sole)
                        .impact())
                .isNull();
    }

    @Test
    void allIsSeenBeforeTheFirstQuestion() {
        Scene scene = Scene.with("prom-a");
        scene.down("prom-a", "shop", "10.0.0.1:80").pass(60);
        Target target = scene.health.values().iterator().next().target();
        Glance glance = of(scene, 0);
        glance.of(new Scope.Job("eu", SourceKind.PROMETHEUS, "shop"), Verdict.INSTANCE, JobCounts.NONE);

        assertThatThrownBy(() -> glance.see(target, Health.UP, INTERVAL, TIMEOUT, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(target.id());
    }
}
