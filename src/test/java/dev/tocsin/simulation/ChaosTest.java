package dev.tocsin.simulation;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random worlds and faults, one seed each: what is told is true, nothing is lost, and in the end all is well. */
class ChaosTest {
    private static final int SEEDS = Integer.getInteger("tocsin.chaos.seeds", 30);
    private static final long FIRST_SEED = Long.getLong("tocsin.chaos.seed", 1);

    @Test
    @DisplayName("I1, I2, I3, I4, I5, I7, I8, I9: what is told is true and in the end all is well")
    void whatIsToldIsTrueAndInTheEndAllIsWell() {
        List<String> failures = new ArrayList<>();
        int ambiguous = 0;
        int proven = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Simulation.Outcome outcome = Simulation.run(seed);
            ambiguous += outcome.ambiguous();
            proven += outcome.proven();
            if (!outcome.violation().isEmpty()) {
                failures.add("seed " + seed + ": " + outcome.violation());
            }
        }
        System.out.println("chaos: " + SEEDS + " seeds, " + failures.size() + " failed, " + ambiguous
                + " openings ambiguous, " + proven + " plain outages found in time");
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }
}
