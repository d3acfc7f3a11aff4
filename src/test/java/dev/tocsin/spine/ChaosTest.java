package dev.tocsin.spine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Health;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random worlds and faults, one seed each: what is told is true, nothing is lost, and in the end all is well. */
class ChaosTest {
    private static final int SEEDS = Integer.getInteger("tocsin.chaos.seeds", 60);
    private static final long FIRST_SEED = Long.getLong("tocsin.chaos.seed", 1);
    private static final int STEPS = 60;

    @Test
    void whatIsToldIsTrueAndInTheEndAllIsWell() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
            }
        }
    }

    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> servers = random.nextBoolean() ? List.of("a", "b") : List.of("a");
        World world = new World(servers.toArray(String[]::new));
        int jobs = 2 + random.nextInt(3);
        int[] sizes = new int[jobs];
        for (int job = 0; job < jobs; job++) {
            sizes[job] = 1 + random.nextInt(12);
            world.job("j" + job, 1, sizes[job]);
        }
        world.pass(60);
        Truth truth = new Truth(world);
        int kinds = random.nextInt(1, 1 << 9); // each seed another mask of faults
        for (int step = 0; step < STEPS; step++) {
            int kind = random.nextInt(9);
            if ((kinds >> kind & 1) != 0) {
                truth.fault(
                        kind, "j" + random.nextInt(jobs), servers.get(random.nextInt(servers.size())), random, sizes);
            }
            int seconds = 1 + random.nextInt(40);
            for (int i = 0; i < seconds; i++) {
                world.pass(1);
                truth.note();
            }
        }
        truth.heal(servers, jobs, sizes);
        for (int i = 0; i < 1_200; i++) {
            world.pass(1);
            truth.note();
        }
        truth.check();
    }

    /** What was really so, second by second, and whether what was told agrees with it. */
    private static final class Truth {
        /** How long after a failure it may still be told: a round, confirmation, settling, and a stale spell of ours. */
        private static final int LOOKBACK_SECONDS = 150;

        private final World world;
        private final List<Set<String>> downBySecond = new ArrayList<>();
        private int outagesChecked;
        private boolean killed;

        Truth(World world) {
            this.world = world;
        }

        void fault(int kind, String job, String server, SplittableRandom random, int[] sizes) {
            int size = sizes[Integer.parseInt(job.substring(1))];
            int one = 1 + random.nextInt(size);
            switch (kind) {
                case 0 -> world.down(job, one, one);
                case 1 -> world.down(job, 1, size);
                case 2 -> world.up(job, 1, size);
                case 3 -> world.server(server).refuses = !world.server(server).refuses;
                case 4 -> world.restart(server);
                case 5 -> world.server(server).frozen = !world.server(server).frozen;
                case 6 -> {
                    if (killed) {
                        world.start();
                    } else {
                        world.kill();
                    }
                    killed = !killed;
                }
                case 7 -> world.job(job, 1, random.nextInt(size + 1));
                case 8 -> world.server(server).replaysWal = !world.server(server).replaysWal;
                default -> throw new IllegalArgumentException("no fault " + kind);
            }
        }

        void heal(List<String> servers, int jobs, int[] sizes) {
            if (killed) {
                world.start();
            }
            for (String server : servers) {
                world.server(server).refuses = false;
                world.server(server).frozen = false;
                world.server(server).replaysWal = false;
            }
            for (int job = 0; job < jobs; job++) {
                world.job("j" + job, 1, sizes[job]).up("j" + job, 1, sizes[job]);
            }
        }

        /** Notes who is down now, and holds what was told since against it. */
        void note() {
            downBySecond.add(world.downNow());
            for (; outagesChecked < world.outages.size(); outagesChecked++) {
                Outage outage = world.outages.get(outagesChecked);
                if (outage.change() == Outage.Change.OPENED && outage.scope() instanceof Scope.Job) {
                    assertThat(outage.members().down())
                            .as("%d s: %s", world.second(), outage)
                            .isNotEmpty()
                            .allMatch(this::wasDown);
                }
                if (outage.reason() == Reason.MEMBERS_UP) {
                    assertThat(outage.members().left())
                            .as("%d s: %s", world.second(), outage)
                            .allMatch(this::wasUp);
                }
            }
        }

        /* Who is seen down stays so in our eyes while its server cannot be seen through, and over our own death: then
         * the failure may be old. It must have been, though. */
        private boolean wasDown(String instance) {
            int from = Math.max(0, downBySecond.size() - LOOKBACK_SECONDS);
            boolean lately =
                    downBySecond.subList(from, downBySecond.size()).stream().anyMatch(s -> s.contains(instance));
            return lately || downBySecond.stream().anyMatch(s -> s.contains(instance)) && world.everDark();
        }

        private boolean wasUp(String instance) {
            int from = Math.max(0, downBySecond.size() - LOOKBACK_SECONDS);
            return downBySecond.subList(from, downBySecond.size()).stream().anyMatch(s -> !s.contains(instance));
        }

        void check() {
            world.assertGaplessKeys();
            Map<String, String> openByScope = new HashMap<>();
            Set<String> ids = new HashSet<>();
            for (Outage outage : world.outages) {
                String key = outage.scope().key();
                if (outage.change() == Outage.Change.OPENED) {
                    assertThat(openByScope.put(key, outage.id()))
                            .as("a double open: %s", outage)
                            .isNull();
                    assertThat(ids.add(outage.id()))
                            .as("an id used twice: %s", outage)
                            .isTrue();
                } else {
                    assertThat(openByScope.get(key)).as("%s", outage).isEqualTo(outage.id());
                    if (!outage.open()) {
                        openByScope.remove(key);
                    }
                }
            }
            assertThat(openByScope).as("never ended").isEmpty();
            assertThat(world.remembered().health.values())
                    .as("the fold of the log, after twenty minutes of peace")
                    .allMatch(delta -> delta.to().health() instanceof Health.Up);
        }
    }
}
