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

/** Plays seeds, as many at a time as there are cores, and says what came of them. */
public final class Simulate {
    private static final int TOLD_MAX = 10; // with their stories; the others in a line
    private static final int TELL_EVERY = 5_000;

    private Simulate() {}

    /** @param args how many seeds, and the first one: 1 where it is left out */
    public static void main(String[] args) {
        long seeds = Long.parseLong(args[0]);
        long first = args.length > 1 && !args[1].isEmpty() ? Long.parseLong(args[1]) : 1;
        if (!play(LongStream.range(first, first + seeds)).isEmpty()) {
            System.exit(1);
        }
    }

    /** The violations of those seeds, each as text. */
    static List<String> play(LongStream seeds) {
        quiet();
        long begun = System.nanoTime();
        List<String> violations = Collections.synchronizedList(new ArrayList<>());
        LongAdder ambiguous = new LongAdder();
        LongAdder proven = new LongAdder();
        AtomicLong done = new AtomicLong();
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        seeds.parallel().forEach(seed -> {
            first.accumulateAndGet(seed, Math::min);
            Simulation.Outcome outcome = Simulation.run(seed);
            ambiguous.add(outcome.ambiguous());
            proven.add(outcome.proven());
            if (!outcome.violation().isEmpty()) {
                String story = violations.size() < TOLD_MAX
                        ? Shrunk.of(outcome, Simulation::run).story()
                        : "seed " + seed + ": " + outcome.violation();
                violations.add(story);
                System.out.println(story);
            }
            if (done.incrementAndGet() % TELL_EVERY == 0) {
                System.out.printf("simulation: %,d seeds, %.0f s%n", done.get(), (System.nanoTime() - begun) / 1e9);
            }
        });
        double minutes = (System.nanoTime() - begun) / 60e9;
        System.out.printf(
                "simulation: %,d seeds from %d, %,.0f a minute: %d violations, %d ambiguous openings, %d plain outages"
                        + " found in time%n",
                done.get(), first.get(), done.get() / minutes, violations.size(), ambiguous.sum(), proven.sum());
        return violations;
    }

    /* Torn lines and full disks are what we are here for; the log need not tell each. */
    private static void quiet() {
        ((Logger) LoggerFactory.getLogger("dev.tocsin.log")).setLevel(Level.OFF);
    }
}
