package dev.tocsin.join;

import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import java.util.Comparator;

/**
 * An instance of a job, whoever reports it: a server of a Traefik service, or what a Prometheus scrapes. Immutable.
 *
 * @param instance its name within the cluster ({@link Target#nameInCluster})
 */
public record Member(SourceKind kind, String job, String instance) {
    static final Comparator<Member> ORDER = Comparator.comparing(Member::job).thenComparing(Member::instance);

    /** What that target tells of. */
    public static Member of(Target target) {
        return new Member(target.source().kind(), target.job(), target.nameInCluster());
    }
}
