package dev.tocsin.join;

import com.google.re2j.Pattern;
import dev.tocsin.health.Target;
import java.util.Map;

/**
 * What an operator says: these services are those jobs, and nothing else. Immutable.
 *
 * @param service pattern of the whole name of a Traefik service, {@code name@provider}
 * @param job pattern of the whole name of a Prometheus job
 * @param labels what its targets must be labelled with; empty for all
 */
public record Mapping(Pattern service, Pattern job, Map<String, String> labels) {
    public Mapping {
        labels = Map.copyOf(labels);
    }

    boolean ofService(String name) {
        return service.matcher(name).matches();
    }

    boolean ofJob(String name) {
        return job.matcher(name).matches();
    }

    boolean ofTarget(Target target) {
        return target.labels().entrySet().containsAll(labels.entrySet());
    }
}
