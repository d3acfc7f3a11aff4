package dev.tocsin.config;

import com.google.re2j.Pattern;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the jobs that match. Immutable.
 *
 * @param job pattern of the whole name of the job; null matches all
 * @param cluster pattern of the whole name of the cluster; null matches all
 * @param rules the whole rules for them, defaults filled in
 */
public record JobRules(@Nullable Pattern job, @Nullable Pattern cluster, OutageRules rules) {
    public boolean matches(Scope.Job scope) {
        return (job == null || job.matcher(scope.job()).matches())
                && (cluster == null || cluster.matcher(scope.cluster()).matches());
    }
}
