package dev.tocsin.outage;

import dev.tocsin.health.Moment;
import dev.tocsin.health.WaitClock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides the outages of clusters and of the node: nearly all of their sources went dark together, so it is more likely
 * the network, or us. Confined: the source watch.
 */
final class Sites {
    /** This share of the sources of a site must be dark. */
    private static final double DARK_SHARE = 0.9;

    private static final int CLUSTER_MIN = 2;
    private static final int NODE_MIN = 3;
    private static final int TOGETHER_INTERVALS = 2;

    /** Those that can be dark as a whole, the node first, with their sources. */
    private final Map<Scope.Site, List<SourceCase>> sites = new LinkedHashMap<>();

    private final WatchedScopes scopes;
    private final WaitClock waits;

    Sites(Collection<SourceCase> cases, String node, WatchedScopes scopes, WaitClock waits) {
        this.scopes = scopes;
        this.waits = waits;
        if (cases.size() >= NODE_MIN) {
            sites.put(new Scope.Site(Scope.Site.Of.NODE, node, node), List.copyOf(cases));
        }
        Map<String, List<SourceCase>> clusters = cases.stream()
                .collect(Collectors.groupingBy(of -> of.source.cluster(), LinkedHashMap::new, Collectors.toList()));
        clusters.forEach((cluster, members) -> {
            if (members.size() >= CLUSTER_MIN) {
                sites.put(new Scope.Site(Scope.Site.Of.CLUSTER, cluster, cluster), members);
            }
        });
    }

    boolean contains(Scope.Site site) {
        return sites.containsKey(site);
    }

    /** Opens and ends what is due; adds the versions to {@code told}. */
    void decide(Moment now, List<Outage> told) {
        sites.forEach((site, members) -> decide(site, members, now, told));
    }

    /** The sources that a site speaks for: an open one, or one that is about to be. */
    Set<SourceCase> spokenFor() {
        Set<SourceCase> spokenFor = new HashSet<>();
        sites.forEach((site, members) -> {
            if (scopes.open(site) != null || together(members)) {
                members.stream().filter(SourceCase::dark).forEach(spokenFor::add);
            }
        });
        return spokenFor;
    }

    private void decide(Scope.Site site, List<SourceCase> members, Moment now, List<Outage> told) {
        Outage open = scopes.open(site);
        if (open == null) {
            if (together(members) && !inDarkNode(site) && confirmed(members, now)) {
                open(site, members, now, told);
            }
        } else if (dark(members) >= DARK_SHARE) {
            scopes.of(site).seen();
        } else if (members.stream().allMatch(SourceCase::asked)) {
            told.add(scopes.of(site)
                    .ended(
                            open,
                            Outage.Change.RESOLVED,
                            Reason.SITE_ENDED,
                            earliest(members).observedBefore(),
                            now));
            members.forEach(of -> {
                of.speaksForItself(now.monoMillis());
                partOf(of, open.id(), null, now, told);
            });
        }
    }

    private void open(Scope.Site site, List<SourceCase> members, Moment now, List<Outage> told) {
        List<SourceCase> dark = members.stream().filter(SourceCase::dark).toList();
        Reason reason = site.of() == Scope.Site.Of.NODE ? Reason.NODE_DARK : Reason.CLUSTER_DARK;
        Outage opened = scopes.of(site).opened(reason, earliest(dark).sinceWall(), story(dark, members.size()), now);
        told.add(opened);
        dark.forEach(of -> partOf(of, null, opened.id(), now, told));
    }

    /** Whether nearly all of them became dark within two intervals, and are. */
    private static boolean together(List<SourceCase> members) {
        List<SourceCase> dark = members.stream().filter(SourceCase::dark).toList();
        long last = dark.stream().mapToLong(SourceCase::since).max().orElse(0);
        long interval =
                dark.stream().mapToLong(SourceCase::pollIntervalMillis).max().orElse(0);
        long recent = dark.stream()
                .filter(of -> last - of.since() <= TOGETHER_INTERVALS * interval)
                .count();
        return (double) recent / members.size() >= DARK_SHARE;
    }

    private static double dark(List<SourceCase> members) {
        return (double) members.stream().filter(SourceCase::dark).count() / members.size();
    }

    private boolean confirmed(List<SourceCase> members, Moment now) {
        return members.stream().filter(SourceCase::dark).allMatch(of -> of.outage(waits, now.monoMillis()) != null);
    }

    /** Whether the site is a cluster of a node that is dark as a whole. */
    private boolean inDarkNode(Scope.Site site) {
        return site.of() == Scope.Site.Of.CLUSTER
                && sites.keySet().stream()
                        .anyMatch(other -> other.of() == Scope.Site.Of.NODE && scopes.open(other) != null);
    }

    private static WatchedScope.Dark story(List<SourceCase> dark, int all) {
        List<String> names = dark.stream().map(of -> of.source.name()).sorted().toList();
        int instances = dark.stream().mapToInt(SourceCase::instances).sum();
        return new WatchedScope.Dark(
                names,
                instances,
                "%d of %d sources went dark together: it may be the network, or this monitor. First: %s"
                        .formatted(dark.size(), all, earliest(dark).story()));
    }

    private static SourceCase earliest(List<SourceCase> of) {
        return of.stream()
                .min(Comparator.comparingLong(SourceCase::since))
                .orElseThrow(() -> new IllegalArgumentException("no source"));
    }

    /** Hands the open outage of a source, when it is a part of {@code from}, over to {@code to}. */
    private void partOf(SourceCase of, @Nullable String from, @Nullable String to, Moment now, List<Outage> told) {
        WatchedScope watched = scopes.of(of.scope());
        Outage open = watched.open();
        if (open != null && Objects.equals(open.parent(), from)) {
            told.add(watched.partOf(to, open, now));
        }
    }
}
