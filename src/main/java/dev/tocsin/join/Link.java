package dev.tocsin.join;

import java.util.Comparator;
import java.util.List;

/**
 * A service and a job that are one backend. Immutable.
 *
 * @param probed whether the job's targets probe the service's servers: then "up" says that the prober runs, and nothing
 *     of the server
 * @param pairs which of their instances are one endpoint, sorted; empty when that is not known
 * @param named servers of the service whose host is a name, or that stand for the whole of a job: each may be many
 */
public record Link(String service, String job, Rung rung, boolean probed, List<Pair> pairs, int named) {
    static final Comparator<Link> ORDER =
            Comparator.comparing(Link::service).thenComparing(Link::job).thenComparing(Link::rung);

    public Link {
        pairs = List.copyOf(pairs);
    }
}
