package dev.tocsin.outage;

import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.ImpactRule.Clients;
import dev.tocsin.outage.ImpactRule.Felt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the other kind of source says of a job at one moment. Immutable.
 *
 * @param kind of the job
 * @param joined all of them, sorted
 * @param settled whether no endpoint waits for the other view
 * @param witnesses distinct (member, vantage of the other kind) pairs that say down for certain
 * @param felt of a job of Prometheus, see {@link ImpactRule#ofScraped}
 * @param known of a Traefik service, see {@link ImpactRule#ofService}; so are {@code undecided} and {@code clients}
 * @param freshUntil monotonic; until then it need not be looked at again
 */
record OtherView(
        SourceKind kind,
        List<Joined> joined,
        boolean settled,
        int witnesses,
        int[] felt,
        boolean known,
        boolean undecided,
        Clients clients,
        long freshUntil) {
    static final OtherView NONE = new OtherView(
            SourceKind.PROMETHEUS, List.of(), true, 0, new int[0], false, false, Clients.LOST, Long.MIN_VALUE);

    /** Whether the balancers are silent on some member that is down. */
    boolean silent() {
        return !joined.isEmpty() && felt[Felt.SILENT.ordinal()] > 0;
    }

    /**
     * What is told beside a version, when {@code last} was told before.
     *
     * @param unproven see {@link ImpactRule#ofScraped}
     */
    BothViews told(Verdict verdict, JobCounts counts, @Nullable Impact last, boolean unproven) {
        return joined.isEmpty() ? BothViews.NONE : beside(impact(verdict, counts, last, unproven));
    }

    /** What is told when nobody is down. */
    BothViews withoutImpact() {
        return beside(null);
    }

    private BothViews beside(@Nullable Impact impact) {
        int listed = Math.min(joined.size(), BothViews.LISTED_MAX);
        return new BothViews(impact, joined.subList(0, listed), joined.size());
    }

    private @Nullable Impact impact(Verdict verdict, JobCounts counts, @Nullable Impact last, boolean unproven) {
        return ImpactRule.told(
                switch (kind) {
                    case TRAEFIK -> ImpactRule.ofService(verdict, counts, known, undecided, clients);
                    case PROMETHEUS -> ImpactRule.ofScraped(felt, unproven);
                },
                last);
    }
}
