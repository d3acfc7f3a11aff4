package dev.tocsin.outage;

import dev.tocsin.health.SourceKind;
import dev.tocsin.join.Rung;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the other kind of source makes of an outage: Traefik of a job of Prometheus, Prometheus of a Traefik service.
 * Immutable.
 *
 * @param impact null when the other view has no word on it
 * @param joined the jobs that are the same backend, sorted, cut at {@link #LISTED_MAX}
 */
public record BothViews(@Nullable Impact impact, List<Joined> joined, int joinedTotal) {
    public static final int LISTED_MAX = 20; // x ~250 B = 5 KB a version
    public static final BothViews NONE = new BothViews(null, List.of(), 0);

    public BothViews {
        joined = List.copyOf(joined);
    }

    BothViews with(@Nullable Impact told) {
        return new BothViews(told, joined, joinedTotal);
    }

    /** Which kinds of endpoints there are, out of joint; how many of each is no news. */
    Set<String> picture() {
        Set<String> picture = new TreeSet<>();
        for (Joined one : joined) {
            if (one.bothDown() > 0) {
                picture.add("both_down");
            }
            if (one.outOfRotation() > 0) {
                picture.add("out_of_rotation");
            }
            if (one.notScraped() > 0) {
                picture.add("not_scraped");
            }
        }
        return picture;
    }

    /**
     * A job that is the same backend, and how their endpoints are. Immutable.
     *
     * @param endpoints pairs of a server and a target known to be one; 0 when only the jobs are known to be. The next five
     *     are of them and add up to it
     * @param outOfRotation scraped well, down for the balancers: the path, or the application's health
     * @param notScraped up for the balancers, down for Prometheus: an exporter, or its scrape
     * @param unknown not known of both, or not looked at since the other changed
     * @param named servers that are a name or a cluster's address: each may stand for many instances
     */
    public record Joined(
            SourceKind sourceKind,
            String job,
            Rung rung,
            int endpoints,
            int bothDown,
            int outOfRotation,
            int notScraped,
            int bothUp,
            int unknown,
            int named) {}
}
