package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides the outages of sources and of sites, over the states of all sources of a node. Confined: one verticle.
 *
 * <p>Sources that go dark together are one {@code site} outage, of their cluster or of the node, and no outage each: it
 * is more likely the network, or us. A source behind which everything failed at once, without a twin that can see, is a
 * {@code site} outage of its own.
 */
public final class SourceWatch {
    /** This share of the sources of a site must be dark. */
    private static final double SITE_SHARE = 0.9;

    private static final int CLUSTER_MIN = 2;
    private static final int NODE_MIN = 3;
    private static final int SITE_INTERVALS = 2;

    private final WaitClock waits;
    private final long epoch;
    private final long confirmMillis;
    private final Map<String, SourceCase> cases = new LinkedHashMap<>();
    private final Map<Scope, WatchedScope> scopes = new LinkedHashMap<>();

    /** The sites that can be dark as a whole, widest first, with their sources. */
    private final Map<Scope.Site, List<SourceCase>> sites = new LinkedHashMap<>();

    private final Endings endings = new Endings();
    private final long absentMillis;

    /**
     * @param sources those configured
     * @param node our own name
     */
    public SourceWatch(Collection<Source> sources, String node, OutageRules rules, WaitClock waits, long epoch) {
        this.waits = waits;
        this.epoch = epoch;
        this.confirmMillis = rules.confirmMin().toMillis();
        this.absentMillis = rules.absentFor().toMillis();
        sources.forEach(source -> cases.put(source.name(), new SourceCase(source)));
        if (cases.size() >= NODE_MIN) {
            sites.put(new Scope.Site(Scope.Site.Of.NODE, node, node), List.copyOf(cases.values()));
        }
        Map<String, List<SourceCase>> clusters = cases.values().stream()
                .collect(Collectors.groupingBy(of -> of.source.cluster(), LinkedHashMap::new, Collectors.toList()));
        clusters.forEach((cluster, members) -> {
            if (members.size() >= CLUSTER_MIN) {
                sites.put(new Scope.Site(Scope.Site.Of.CLUSTER, cluster, cluster), members);
            }
        });
    }

    /** Takes what the log remembers, before the first batch. */
    public void restore(Collection<HealthDelta> health, Collection<Outage> outages, Collection<Watermark> watermarks) {
        for (HealthDelta delta : health) {
            SourceCase of = cases.get(delta.target().source().name());
            if (of != null) {
                of.apply(delta);
            }
        }
        for (Outage outage : outages) {
            if (!(outage.scope() instanceof Scope.Job)) {
                scope(outage.scope()).restore(outage);
            }
        }
        for (Watermark watermark : watermarks) {
            SourceCase of = cases.get(watermark.source().name());
            if (of != null) {
                of.restore(watermark.observedUntil());
            }
        }
    }

    /** Takes one poll of one source and decides. Batches of sources that are not configured are left alone. */
    public Decided batch(DeltaBatch batch) {
        SourceCase of = cases.get(batch.source().name());
        if (of == null) {
            return new Decided(List.of(), List.of(), List.of());
        }
        of.apply(batch);
        List<Outage> told = new ArrayList<>();
        suspect(of, batch.at(), told);
        source(of, together(of) ? Set.of(of) : Set.of(), batch.at(), told);
        return new Decided(told, List.of(), List.of());
    }

    /** Decides what time alone decides. At least once a second. */
    public Decided tick(Moment now) {
        List<Outage> told = new ArrayList<>();
        sites.forEach((site, members) -> darkSite(site, members, now, told));
        Set<SourceCase> together = new HashSet<>();
        sites.values().stream().filter(SourceWatch::together).forEach(together::addAll);
        for (SourceCase of : cases.values()) {
            suspect(of, now, told);
            source(of, together, now, told);
        }
        removed(now, told);
        return new Decided(told, List.of(), tombstones(told, now));
    }

    private void darkSite(Scope.Site site, List<SourceCase> members, Moment now, List<Outage> told) {
        WatchedScope watched = scope(site);
        Outage open = watched.open();
        boolean dark = together(members);
        if (open == null && dark && wider(site) == null && confirmed(members, now)) {
            List<SourceCase> inTheDark =
                    members.stream().filter(SourceCase::dark).toList();
            Reason reason = site.of() == Scope.Site.Of.NODE ? Reason.NODE_DARK : Reason.CLUSTER_DARK;
            Outage opened =
                    watched.opened(reason, earliest(inTheDark).sinceWall(), story(inTheDark, members.size()), now);
            told.add(opened);
            inTheDark.forEach(of -> join(of, opened.id(), now, told));
        } else if (open != null && dark(members) >= SITE_SHARE) {
            watched.seen();
        } else if (open != null && members.stream().allMatch(SourceCase::asked)) {
            told.add(watched.ended(
                    open,
                    Outage.Change.RESOLVED,
                    Reason.SITE_ENDED,
                    earliest(members).observedBefore(),
                    now));
            members.forEach(of -> leave(of, open.id(), now, told));
        }
    }

    /** Whether nearly all of them became dark within two intervals, and are. */
    private static boolean together(List<SourceCase> members) {
        List<SourceCase> dark = members.stream().filter(SourceCase::dark).toList();
        long last = dark.stream().mapToLong(SourceCase::since).max().orElse(0);
        long interval =
                dark.stream().mapToLong(SourceCase::pollIntervalMillis).max().orElse(0);
        long recent = dark.stream()
                .filter(of -> last - of.since() <= SITE_INTERVALS * interval)
                .count();
        return (double) recent / members.size() >= SITE_SHARE;
    }

    private static double dark(List<SourceCase> members) {
        return (double) members.stream().filter(SourceCase::dark).count() / members.size();
    }

    private boolean confirmed(List<SourceCase> members, Moment now) {
        return members.stream().filter(SourceCase::dark).allMatch(of -> of.outage(waits, now.monoMillis()) != null);
    }

    /** The open outage of the node, for a cluster of it; null when there is none. */
    private @Nullable Outage wider(Scope.Site site) {
        if (site.of() == Scope.Site.Of.NODE) {
            return null;
        }
        for (Scope.Site other : sites.keySet()) {
            if (other.of() == Scope.Site.Of.NODE) {
                return scope(other).open();
            }
        }
        return null;
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

    private void suspect(SourceCase of, Moment now, List<Outage> told) {
        WatchedScope watched = scope(new Scope.Site(Scope.Site.Of.SOURCE, of.source.cluster(), of.source.name()));
        Outage open = watched.open();
        boolean suspect = of.state() == SourceState.SUSPECT;
        boolean alone = cases.values().stream()
                .noneMatch(other -> other != of
                        && other.source.cluster().equals(of.source.cluster())
                        && other.state() == SourceState.READY);
        if (open == null && suspect && alone && waits.elapsed(of.since(), now.monoMillis()) >= confirmMillis) {
            told.add(watched.opened(
                    Reason.EVERYTHING_BEHIND_SOURCE_DOWN,
                    of.sinceWall(),
                    new WatchedScope.Dark(
                            List.of(of.source.name()),
                            of.instances(),
                            "Nearly all targets behind " + of.source.name()
                                    + " failed at once: its network, or all of them"),
                    now));
        } else if (open != null && suspect) {
            watched.seen();
        }
        if (open != null && (of.state() == SourceState.READY || suspect && !alone)) {
            told.add(watched.ended(open, Outage.Change.RESOLVED, Reason.SITE_ENDED, of.observedBefore(), now));
        }
    }

    /** @param together sources that are going dark with nearly all of their site: it will speak for them */
    private void source(SourceCase of, Set<SourceCase> together, Moment now, List<Outage> told) {
        WatchedScope watched = scope(new Scope.Source(of.source.cluster(), of.source.name()));
        Outage open = watched.open();
        Reason reason = of.asked() ? of.outage(waits, now.monoMillis()) : null;
        if (open == null && reason != null && !(of.dark() && (together.contains(of) || inDarkSite(of)))) {
            told.add(watched.opened(
                    reason,
                    of.sinceWall(),
                    new WatchedScope.Dark(List.of(of.source.name()), of.instances(), of.story()),
                    now));
        } else if (open != null && of.well(waits, now.monoMillis())) {
            told.add(watched.ended(open, Outage.Change.RESOLVED, Reason.SOURCE_READY, of.observedBefore(), now));
        } else if (open != null && of.asked()) {
            watched.seen();
        }
    }

    private boolean together(SourceCase of) {
        return of.dark() && sites.values().stream().anyMatch(members -> members.contains(of) && together(members));
    }

    private boolean inDarkSite(SourceCase of) {
        return sites.entrySet().stream()
                .anyMatch(site ->
                        site.getValue().contains(of) && scope(site.getKey()).open() != null);
    }

    private void join(SourceCase of, String parent, Moment now, List<Outage> told) {
        WatchedScope watched = scope(new Scope.Source(of.source.cluster(), of.source.name()));
        Outage open = watched.open();
        if (open != null && open.parent() == null) {
            told.add(watched.partOf(parent, open, now));
        }
    }

    private void leave(SourceCase of, String parent, Moment now, List<Outage> told) {
        WatchedScope watched = scope(new Scope.Source(of.source.cluster(), of.source.name()));
        Outage open = watched.open();
        if (open != null && parent.equals(open.parent())) {
            told.add(watched.partOf(null, open, now));
        }
    }

    /* What the log remembers of sources and sites that are configured no more. */
    private void removed(Moment now, List<Outage> told) {
        for (WatchedScope watched : scopes.values()) {
            Outage open = watched.open();
            if (open != null && !configured(watched.scope())) {
                told.add(watched.ended(open, Outage.Change.CLOSED, Reason.SOURCE_REMOVED, now.wall(), now));
            }
        }
    }

    private boolean configured(Scope scope) {
        String name = scope.title();
        if (scope instanceof Scope.Site site) {
            return site.of() == Scope.Site.Of.SOURCE ? cases.containsKey(site.name()) : sites.containsKey(site);
        }
        SourceCase of = cases.get(name);
        return of != null && of.source.cluster().equals(scope.cluster());
    }

    private List<Tombstone> tombstones(List<Outage> told, Moment now) {
        for (Outage outage : told) {
            if (outage.change() == Outage.Change.CLOSED) {
                endings.over(
                        outage.scope().key(),
                        now,
                        absentMillis,
                        at -> new Tombstone(
                                Stream.OUTAGES,
                                outage.scope().key(),
                                outage.scope().cluster(),
                                outage.scope().cluster(),
                                at.wall(),
                                epoch,
                                outage.seq() + 1));
            }
        }
        List<Tombstone> due = endings.due(waits, now);
        due.forEach(tombstone -> scopes.keySet().removeIf(scope -> scope.key().equals(tombstone.key())));
        return due;
    }

    private WatchedScope scope(Scope scope) {
        return scopes.computeIfAbsent(scope, of -> new WatchedScope(of, epoch));
    }
}
