package dev.tocsin.outage;

/** The rules of each job. */
@FunctionalInterface
public interface RuleBook {
    OutageRules of(Scope.Job job);

    /** The rules of what belongs to no single job. */
    default OutageRules general() {
        return OutageRules.DEFAULT;
    }
}
