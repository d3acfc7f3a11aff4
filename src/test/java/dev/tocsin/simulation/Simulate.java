package dev.tocsin.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;

/** Plays seeds, many at a time, and says what came of them. */
public final class Simulate {
    private static final int TOLD_MAX = 10; // with their stories; the others in a line

    private Simulate() {}

    /** @param args how many seeds, and the first one */
    public static void main(String[] args) {
        long seeds = Long.parseLong(args[0]);
        long first = Long.parseLong(args[1]);
        if (!play(first, seeds).isEmpty()) {
            System.exit(1);
        }
    }

    /** The violations of that many seeds from that one on, each as text. */
    static List<String> play(long first, long seeds) {
        quiet();
        long begun = System.nanoTime();
        List<String> violations = Collections.synchronizedList(new ArrayList<>());
        LongAdder ambiguous = new LongAdder();
        LongAdder proven = new LongAdder();
        AtomicLong done = new AtomicLong();
        LongStream.range(first, first + seeds).parallel().forEach(seed -> {
            Simulation.Outcome outcome = Simulation.run(seed);
            ambiguous.add(outcome.ambiguous());
            proven.add(outcome.proven());
            if (!outcome.violation().isEmpty()) {
                String story = violations.size() < TOLD_MAX
                        ? Shrunk.story(outcome)
                        : "seed " + seed + ": " + outcome.violation();
                violations.add(story);
                System.out.println(story);
            }
            if (done.incrementAndGet() % 10_000 == 0) {
                System.out.printf("simulation: %,d of %,d seeds%n", done.get(), seeds);
            }
        });
        double minutes = (System.nanoTime() - begun) / 60e9;
        System.out.printf(
                "simulation: %,d seeds from %d, %,.0f a minute: %d violations, %d ambiguous openings, %d plain outages"
                        + " found in time%n",
                seeds, first, seeds / minutes, violations.size(), ambiguous.sum(), proven.sum());
        return violations;
    }

    /* Torn lines and full disks are what we are here for; the log need not tell each. */
    private static void quiet() {
        ((Logger) LoggerFactory.getLogger("dev.tocsin")).setLevel(Level.OFF);
    }
}
