package dev.tocsin.simulation;

import java.util.function.Supplier;

/** Something was told that is not so, or not told that is. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** What is held to: I1 to I12 of the table of invariants. */
    enum Invariant {
        I1("the fold of the log is what is so"),
        I2("per key seq = previous + 1, from 1"),
        I3("nothing is said twice, nothing ends that did not begin"),
        I4("nothing is down, or out, that was not"),
        I5("nothing is up, or over, that was not"),
        I6("epochs never go back"),
        I7("what is open is what is out"),
        I8("an outage that nothing hides is told in time"),
        I9("what nobody has looked at for long is unknown"),
        I10("polls of a source are applied in order, once"),
        I11("what waits is bounded"),
        I12("the same seed gives the same log");

        final String says;

        Invariant(String says) {
            this.says = says;
        }
    }

    final transient Invariant invariant;

    Violation(Invariant invariant, String what) {
        super(invariant + " (" + invariant.says + "): " + what);
        this.invariant = invariant;
    }

    static void unless(boolean holds, Invariant invariant, Supplier<String> what) {
        if (!holds) {
            throw new Violation(invariant, what.get());
        }
    }
}
