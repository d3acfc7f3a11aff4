package dev.tocsin.outage;

import dev.tocsin.join.Mapping;
import java.util.List;

/** The same rules for every job. Immutable. */
public record OneRule(OutageRules rules, List<Mapping> joins) implements RuleBook {
    @Override
    public OutageRules of(Scope.Job job) {
        return rules;
    }
}
