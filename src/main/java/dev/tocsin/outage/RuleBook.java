package dev.tocsin.outage;

/** The rules of each job. */
@FunctionalInterface
public interface RuleBook {
    OutageRules of(Scope.Job job);
}
