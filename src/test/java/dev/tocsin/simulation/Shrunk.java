package dev.tocsin.simulation;

import dev.tocsin.simulation.Simulation.Outcome;
import dev.tocsin.simulation.Simulation.Plan;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The smallest part of a failing seed that still fails in the same way: fewer steps, fewer kinds, fewer faults. */
final class Shrunk {
    private static final int TRACE_LINES = 60;

    private final Function<Plan, Outcome> run;
    private Plan plan;
    private Outcome outcome;

    private Shrunk(Outcome failed, Function<Plan, Outcome> run) {
        this.run = run;
        plan = Plan.of(failed.seed());
        outcome = failed;
    }

    static Shrunk of(Outcome failed, Function<Plan, Outcome> run) {
        Shrunk shrunk = new Shrunk(failed, run);
        shrunk.fewerSteps();
        shrunk.fewerKinds();
        shrunk.fewerFaults();
        return shrunk;
    }

    Plan plan() {
        return plan;
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
        Outcome tried = run.apply(smaller);
        if (!tried.violation().isEmpty() && kind(tried).equals(kind(outcome))) {
            plan = smaller;
            outcome = tried;
        }
    }

    private static String kind(Outcome outcome) {
        String text = outcome.violation();
        int end = text.indexOf(')');
        return end < 0 ? text : text.substring(0, end);
    }

    /** For people: the violation, and what struck and was told before it. */
    String story() {
        List<String> trace = outcome.trace();
        List<String> end = trace.subList(Math.max(0, trace.size() - TRACE_LINES), trace.size());
        return "seed " + plan.seed() + ", at " + outcome.second() + " s: " + outcome.violation() + "\n  "
                + String.join("\n  ", end);
    }
}
