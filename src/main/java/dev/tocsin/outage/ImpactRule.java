package dev.tocsin.outage;

import dev.tocsin.outage.Instance.Said;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What users feel of an outage, by what the balancers say of the same endpoints. Pure.
 *
 * <p>Two sins are possible here. <em>Crying wolf</em>: so {@code users} is said only where no server of a service is known
 * to be up, or nearly all are down, which the balancers know themselves; and not where its clients only come through
 * services that answer them all the same. <em>Hiding an outage</em>: so {@code observability}
 * is said only when every member that is down is served, at an address that is certainly its own, checked since; one of
 * whom the balancers say nothing may be an outage, and one that is inferred to be served may be another endpoint. Both are
 * {@code none_known} at most, which claims nothing. While the other view is only blind, or has not looked since, what was
 * told stands; when it has become unknown, it is taken back. {@code observability} lets people sleep: it is taken back as
 * well when the balancers have been silent for a round, and says nothing of members that went down after it.
 */
final class ImpactRule {
    /** Why it is so. */
    enum Why {
        SERVICE_OUT(Impact.USERS),
        SERVICE_NEARLY_OUT(Impact.USERS),
        /** The members that are down are the servers of a service that has none left. */
        BACKENDS_OUT(Impact.USERS),
        /** Nobody is left, and as far as is known now somebody else may answer. */
        OUT_SO_FAR(Impact.USERS),
        /** Nobody is left, and clients only come through services that still answer them. */
        PARENTS_SERVE(Impact.NONE_KNOWN),
        OTHERS_SERVE(Impact.NONE_KNOWN),
        /** Served for all that is known, which is not of all members, or not for certain. */
        PERHAPS_SERVED(Impact.NONE_KNOWN),
        SERVED_NOT_SCRAPED(Impact.OBSERVABILITY),
        /** The other view says nothing of it. */
        NOT_KNOWN(null),
        /** The other view is blind now, or has not looked since: what was told stands. */
        NOT_KNOWN_YET(null),
        /** Of some that is so; of others it is known, and no longer that all of them are served. */
        NO_LONGER_SURE(null),
        /** Of some that is so; others are out of rotation, with somebody left to serve. */
        OTHERS_SERVE_SO_FAR(Impact.NONE_KNOWN);

        final @Nullable Impact impact;

        Why(@Nullable Impact impact) {
            this.impact = impact;
        }
    }

    /** What the balancers say of one member that is down for Prometheus, the gravest last. */
    enum Felt {
        UNKNOWN,
        PERHAPS_SERVED,
        SERVED,
        UNDECIDED,
        /** The balancers have no vote on it now, or their votes differ. */
        SILENT,
        /** They have taken it out, and are silent on who is left. */
        NOT_SERVED,
        OTHERS_SERVE,
        PARENTS_SERVE,
        OUT_SO_FAR,
        SERVICE_OUT;

        Felt or(Felt other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** What becomes of the clients of a service that has no server left. */
    enum Clients {
        LOST,
        /** The services that lead to it pass it over. */
        ANSWERED,
        UNDECIDED
    }

    private ImpactRule() {}

    /**
     * Of the clients of a service, when it has no server left.
     *
     * @param led whether they come to it directly; null while that is not known of each Traefik that has it
     * @param parents what is said of their requests by those that lead to it
     */
    static Clients clients(@Nullable Boolean led, Collection<Said> parents) {
        boolean lost = parents.isEmpty() || parents.contains(Said.DOWN) || parents.contains(Said.UNKNOWN);
        if (lost || Boolean.TRUE.equals(led)) {
            return Clients.LOST;
        }
        return led == null || parents.contains(Said.UNDECIDED) ? Clients.UNDECIDED : Clients.ANSWERED;
    }

    /**
     * Of a Traefik service: the balancers' own word; Prometheus's is needed for there to be two views.
     *
     * @param known whether Prometheus says up or down of some joined target
     * @param undecided whether it has no vote on some now
     * @param clients what becomes of them when no server is left
     */
    static Why ofService(Verdict verdict, JobCounts servers, boolean known, boolean undecided, Clients clients) {
        if (!known) {
            return undecided ? Why.NOT_KNOWN_YET : Why.NOT_KNOWN;
        }
        int serving = servers.up() + servers.disagreeing();
        if (serving == 0 && servers.unknown() == 0) {
            return switch (clients) {
                case LOST -> Why.SERVICE_OUT;
                case ANSWERED -> Why.PARENTS_SERVE;
                case UNDECIDED -> Why.OUT_SO_FAR;
            };
        }
        if (verdict == Verdict.JOB) {
            return Why.SERVICE_NEARLY_OUT;
        }
        return serving > 0 ? Why.OTHERS_SERVE : Why.NOT_KNOWN;
    }

    /**
     * Of a job of Prometheus.
     *
     * @param felt how many of its members that are down are felt so, by {@link Felt#ordinal}
     * @param unproven whether that they are served was told, and some have been silent for too long: they are unknown
     */
    static Why ofScraped(int[] felt, boolean unproven) {
        if (felt[Felt.SERVICE_OUT.ordinal()] > 0) {
            return Why.BACKENDS_OUT;
        }
        if (felt[Felt.OUT_SO_FAR.ordinal()] > 0) {
            return Why.OUT_SO_FAR;
        }
        int silent = felt[Felt.SILENT.ordinal()];
        int notServed = felt[Felt.NOT_SERVED.ordinal()];
        boolean undecided = felt[Felt.UNDECIDED.ordinal()] + notServed > 0 || silent > 0 && !unproven;
        boolean parents = felt[Felt.PARENTS_SERVE.ordinal()] > 0;
        if (parents || felt[Felt.OTHERS_SERVE.ordinal()] > 0) {
            return undecided ? Why.OTHERS_SERVE_SO_FAR : parents ? Why.PARENTS_SERVE : Why.OTHERS_SERVE;
        }
        int unsure = felt[Felt.UNKNOWN.ordinal()]
                + felt[Felt.PERHAPS_SERVED.ordinal()]
                + notServed
                + (unproven ? silent : 0);
        if (undecided) {
            return unsure > 0 ? Why.NO_LONGER_SURE : Why.NOT_KNOWN_YET;
        }
        if (felt[Felt.SERVED.ordinal()] > 0) {
            return unsure == 0 ? Why.SERVED_NOT_SCRAPED : Why.PERHAPS_SERVED;
        }
        return felt[Felt.PERHAPS_SERVED.ordinal()] > 0 ? Why.PERHAPS_SERVED : Why.NOT_KNOWN;
    }

    /** What is to be told. */
    static @Nullable Impact told(Why why, @Nullable Impact last) {
        return switch (why) {
            case NOT_KNOWN_YET -> last;
            case NO_LONGER_SURE -> last == Impact.OBSERVABILITY ? Impact.NONE_KNOWN : last;
            case OTHERS_SERVE_SO_FAR -> last == Impact.USERS ? last : why.impact;
            case OUT_SO_FAR -> last == Impact.NONE_KNOWN ? last : why.impact;
            case SERVICE_OUT,
                    SERVICE_NEARLY_OUT,
                    BACKENDS_OUT,
                    PARENTS_SERVE,
                    OTHERS_SERVE,
                    PERHAPS_SERVED,
                    SERVED_NOT_SCRAPED,
                    NOT_KNOWN -> why.impact;
        };
    }
}
