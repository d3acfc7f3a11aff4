package dev.tocsin.outage;

import dev.tocsin.join.Mapping;
import java.util.List;

/** The rules of each job. */
@FunctionalInterface
public interface RuleBook {
    OutageRules of(Scope.Job job);

    /** Which services an operator says to be which jobs; the first that matches a service holds. */
    default List<Mapping> joins() {
        return List.of();
    }

    /** The rules of what belongs to no single job. */
    default OutageRules general() {
        return OutageRules.DEFAULT;
    }
}
