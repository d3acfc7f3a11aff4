package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Ends the monitor and its broker with kill -9, starts them again, and keeps what that took. Both run before and after.
 * Confined: the test's thread.
 */
final class Reaper {
    private static final Duration SPEAKS_MAX = Duration.ofSeconds(60);
    private static final Duration STALL_MAX = Duration.ofSeconds(90);

    private final World world;
    private final RealKafka kafka;
    private final Random random;
    private final Witness witness;
    private int kills;
    private Duration longestStall = Duration.ZERO;

    Reaper(World world, RealKafka kafka, Random random) {
        this.world = world;
        this.kafka = kafka;
        this.random = random;
        this.witness = Witness.at(kafka.bootstrap());
    }

    /** Kills the monitor within that time of its start, or of its first word, in turn; starts it at once. */
    void killMonitor(Duration within) {
        if (kills++ % 2 == 1) {
            int words = world.events().mark();
            Awaitility.await("its first word")
                    .atMost(SPEAKS_MAX)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> world.events().mark() > words);
        }
        monitorRunsFor(randomWithin(within));
        world.tocsin().kill();
        world.tocsin().start();
    }

    /** Starts the monitor for the first time; returns when the topics take its records. */
    void startMonitor() {
        world.tocsin().start();
        Awaitility.await("the first record").atMost(SPEAKS_MAX).until(() -> witness.taken() > 0);
    }

    /** Lets time pass; the monitor may not end in it. */
    void monitorRunsFor(Duration time) {
        assertThat(world.tocsin().runsFor(time)).as("the monitor runs").isTrue();
    }

    /**
     * Kills the broker, and starts it when {@code meanwhile} is over; returns when it takes records from the monitor again.
     * What it had before it has still.
     */
    void killBroker(Runnable meanwhile) {
        Map<String, String> places = witness.places();
        kafka.kill();
        meanwhile.run();
        kafka.start();
        long open = System.nanoTime();
        long had = witness.taken();
        Awaitility.await("the topics take records")
                .atMost(STALL_MAX)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> witness.taken() > had);
        Duration stall = Duration.ofNanos(System.nanoTime() - open);
        System.err.printf("the broker's port is open; the topics take records after %d ms%n", stall.toMillis());
        longestStall = stall.compareTo(longestStall) > 0 ? stall : longestStall;
        assertThat(witness.places()).as("what was acknowledged").containsAllEntriesOf(places);
    }

    /** The longest time from the broker's open port to the next record. */
    Duration longestStall() {
        return longestStall;
    }

    /** Up to that, from a time in which a start is not over. */
    Duration randomWithin(Duration most) {
        return Duration.ofMillis(100 + random.nextInt((int) most.toMillis() - 100));
    }
}
