package dev.tocsin.cli;

import dev.tocsin.join.Confidence;
import dev.tocsin.join.Rung;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.Impact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What users feel of an outage, and how we know, as a part of its line. Pure. */
final class ImpactText {
    private static final int NAME_MAX = 120;

    private static final Comparator<Joined> GRAVEST = Comparator.comparingInt(Joined::bothDown)
            .thenComparingInt(Joined::outOfRotation)
            .thenComparingInt(Joined::notScraped);

    private ImpactText() {}

    /** As {@code impact: users - 4 of 4 endpoints down in both views (shop@docker, by host:port)}; empty when none is told. */
    static String of(BothViews both) {
        Impact impact = both.impact();
        return impact == null ? "" : told("impact: " + Words.of(impact), both, "scraped well but out of rotation");
    }

    /** The same of one look, which has no next version: that it is not known is told too; empty when nothing is joined. */
    static String ofLook(BothViews both) {
        Impact impact = both.impact();
        String what = "impact: " + (impact == null ? "not known" : Words.of(impact));
        return both.joinedTotal() == 0 ? "" : told(what, both, "scraped well the last time but out of rotation");
    }

    private static String told(String what, BothViews both, String outOfRotation) {
        return both.joined().stream()
                .max(GRAVEST)
                .map(joined -> what + " - " + evidence(joined, outOfRotation) + more(both.joinedTotal() - 1))
                .orElse(what);
    }

    private static String evidence(Joined joined, String outOfRotation) {
        List<String> seen = new ArrayList<>();
        add(seen, joined.bothDown(), joined, "down in both views");
        add(seen, joined.outOfRotation(), joined, outOfRotation);
        add(seen, joined.notScraped(), joined, "served well but not scraped");
        if (seen.isEmpty()) {
            seen.add(joined.endpoints() == 0 ? "seen as a whole" : "nothing known of its endpoints");
        }
        if (joined.named() > 0) {
            seen.add("a server is a name that may stand for many instances");
        }
        boolean sure = joined.rung().confidence() == Confidence.CERTAIN;
        return String.join(", ", seen) + " (" + Printable.of(joined.job(), NAME_MAX) + ", " + (sure ? "" : "inferred ")
                + "by " + by(joined.rung()) + ")";
    }

    private static void add(List<String> seen, int count, Joined joined, String how) {
        if (count > 0) {
            seen.add(count + " of " + joined.endpoints() + (joined.endpoints() == 1 ? " endpoint " : " endpoints ")
                    + how);
        }
    }

    private static String by(Rung rung) {
        return switch (rung) {
            case MAPPING -> "the configuration";
            case HOST_PORT -> "host:port";
            case PROBED_URL -> "the probed URL";
            case HOST -> "host";
            case KUBERNETES -> "Kubernetes labels";
            case HOST_SET -> "the set of hosts";
        };
    }

    private static String more(int jobs) {
        return jobs <= 0 ? "" : " and " + jobs + (jobs == 1 ? " other job" : " other jobs");
    }
}
