package dev.tocsin.simulation;

import dev.tocsin.simulation.Simulation.Outcome;
import dev.tocsin.simulation.Simulation.Plan;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The smallest part of a failing seed that still fails in the same way: fewer steps, fewer kinds, fewer faults. */
final class Shrunk {
    private static final int TRACE_LINES = 60;

    private Plan plan;
    private Outcome outcome;

    private Shrunk(Outcome failed) {
        plan = Plan.of(failed.seed());
        outcome = failed;
    }

    /** Shrinks and tells a failed seed. */
    static String story(Outcome failed) {
        Shrunk shrunk = new Shrunk(failed);
        shrunk.fewerSteps();
        shrunk.fewerKinds();
        shrunk.fewerFaults();
        return shrunk.story();
    }

    private void fewerSteps() {
        attempt(new Plan(plan.seed(), plan.off(), plan.skipped(), Math.min(plan.steps(), outcome.step() + 1)));
    }

    private void fewerKinds() {
        for (Faults.Kind kind : Faults.Kind.values()) {
            Set<Faults.Kind> off = EnumSet.copyOf(plan.off());
            off.add(kind);
            attempt(new Plan(plan.seed(), off, plan.skipped(), plan.steps()));
        }
    }

    private void fewerFaults() {
        for (int step = 0; step < plan.steps(); step++) {
            Set<Integer> skipped = new TreeSet<>(plan.skipped());
            skipped.add(step);
            attempt(new Plan(plan.seed(), plan.off(), skipped, plan.steps()));
        }
    }

    /* Another failure may hide behind this one; it is not this one's story. */
    private void attempt(Plan smaller) {
        Outcome tried = Simulation.run(smaller);
        if (!tried.violation().isEmpty() && invariant(tried).equals(invariant(outcome))) {
            plan = smaller;
            outcome = tried;
        }
    }

    private static String invariant(Outcome outcome) {
        String text = outcome.violation();
        return text.substring(0, Math.min(text.length(), text.indexOf(')') + 1));
    }

    private String story() {
        List<String> trace = outcome.trace();
        List<String> end = trace.subList(Math.max(0, trace.size() - TRACE_LINES), trace.size());
        return "seed " + plan.seed() + ", at " + outcome.second() + " s: " + outcome.violation() + "\n  "
                + String.join("\n  ", end);
    }
}
