package dev.tocsin.outage;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.WaitClock;
import dev.tocsin.health.Watermark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides the outages of sources and of sites, over the states of all sources of a node. Confined: one verticle.
 *
 * <p>Sources that go dark together are one {@code site} outage, and no outage each. A source behind which everything
 * failed at once, without a twin that can see, is a {@code site} outage of its own.
 */
public final class SourceWatch {
    private static final Decided NOTHING = new Decided(List.of(), List.of(), List.of());

    private final WaitClock waits;
    private final long confirmMillis;
    private final Map<String, SourceCase> cases = new LinkedHashMap<>();
    private final WatchedScopes scopes;
    private final Sites sites;
    private final CutOff cutOff;
    private final Replicas replicas;
    private final long absentMillis;

    /**
     * @param sources those configured
     * @param node our own name
     * @param rules of them it takes how soon a suspicion is confirmed, and how long an ended key stands
     */
    public SourceWatch(Collection<Source> sources, String node, OutageRules rules, WaitClock waits, long epoch) {
        this.waits = waits;
        this.confirmMillis = rules.confirmMin().toMillis();
        this.absentMillis = rules.absentFor().toMillis();
        this.scopes = new WatchedScopes(epoch, absentMillis);
        this.cutOff = new CutOff(epoch);
        this.replicas = new Replicas(sources, waits, epoch);
        sources.forEach(source -> cases.put(source.name(), new SourceCase(source)));
        this.sites = new Sites(cases.values(), node, scopes, waits);
    }

    /** Takes what the log remembers, before the first batch. */
    public void restore(
            Collection<HealthDelta> health,
            Collection<Outage> outages,
            Collection<Finding> findings,
            Collection<Watermark> watermarks) {
        for (HealthDelta delta : health) {
            SourceCase of = cases.get(delta.target().source().name());
            if (of != null) {
                of.apply(delta);
            }
        }
        for (Outage outage : outages) {
            if (!(outage.scope() instanceof Scope.Job)) {
                scopes.restore(outage);
            }
        }
        findings.stream().filter(CutOff::owns).forEach(cutOff::restore);
        findings.stream().filter(Replicas::owns).forEach(replicas::restore);
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
            return NOTHING;
        }
        of.apply(batch);
        List<Outage> told = new ArrayList<>();
        suspect(of, batch.at(), told);
        if (of.outage(waits, batch.at().monoMillis()) == null) {
            source(of, batch.at(), told); // who is dark waits for the tick, which sees who is dark with it
        }
        List<Finding> found = new ArrayList<>();
        cutOff.see(of, of.state() == SourceState.SUSPECT && contradicted(of), batch.at(), found);
        replicas.see(batch, found);
        return told.isEmpty() && found.isEmpty() ? NOTHING : new Decided(told, found, List.of());
    }

    /** Decides what time alone decides. At least once a second. */
    public Decided tick(Moment now) {
        List<Outage> told = new ArrayList<>();
        sites.decide(now, told);
        Set<SourceCase> spokenFor = sites.spokenFor();
        for (SourceCase of : cases.values()) {
            suspect(of, now, told);
            if (!spokenFor.contains(of) || scopes.open(of.scope()) != null) {
                source(of, now, told);
            }
        }
        told.addAll(scopes.close(this::configured, now));
        List<Tombstone> ends = new ArrayList<>(scopes.due(waits, now));
        ends.addAll(cutOff.ends(absentMillis, waits, now));
        List<Finding> found = new ArrayList<>();
        replicas.clear(now, found);
        ends.addAll(replicas.ends(absentMillis, now));
        return new Decided(told, found, ends);
    }

    private void source(SourceCase of, Moment now, List<Outage> told) {
        Outage open = scopes.open(of.scope());
        Reason reason = of.outage(waits, now.monoMillis());
        WatchedScope watched = scopes.of(of.scope());
        if (open == null && reason != null) {
            told.add(watched.opened(reason, of.sinceWall(), dark(of, of.story()), now));
        } else if (open != null && of.well(waits, now.monoMillis())) {
            told.add(watched.ended(open, Outage.Change.RESOLVED, Reason.SOURCE_READY, of.observedBefore(), now));
        } else if (open != null && of.asked()) {
            watched.seen();
        }
    }

    private void suspect(SourceCase of, Moment now, List<Outage> told) {
        WatchedScope watched = scopes.of(new Scope.Site(Scope.Site.Of.SOURCE, of.source.cluster(), of.source.name()));
        Outage open = watched.open();
        boolean suspect = of.state() == SourceState.SUSPECT;
        boolean over = of.state() == SourceState.READY || suspect && sightedTwin(of);
        if (open == null && suspect && !over && waits.elapsed(of.since(), now.monoMillis()) >= confirmMillis) {
            String detail =
                    "nearly all targets behind " + of.source.name() + " failed at once: its network, or all of them";
            told.add(watched.opened(Reason.EVERYTHING_BEHIND_SOURCE_DOWN, of.sinceWall(), dark(of, detail), now));
        } else if (open != null && over) {
            told.add(watched.ended(open, Outage.Change.RESOLVED, Reason.SITE_ENDED, of.observedBefore(), now));
        } else if (open != null && suspect) {
            watched.seen();
        }
    }

    private static WatchedScope.Dark dark(SourceCase of, String detail) {
        return new WatchedScope.Dark(List.of(of.source.name()), of.instances(), detail);
    }

    /* A sighted twin has a vote and speaks for the jobs, whatever it sees. */
    private boolean sightedTwin(SourceCase of) {
        return twin(of, twin -> twin.state() == SourceState.READY);
    }

    private boolean contradicted(SourceCase of) {
        return twin(of, SourceCase::reaches);
    }

    /* One that looks at the same targets: a Traefik says nothing of what a Prometheus scrapes. */
    private boolean twin(SourceCase of, Predicate<SourceCase> such) {
        return cases.values().stream()
                .anyMatch(other -> other != of
                        && other.source.kind() == of.source.kind()
                        && other.source.cluster().equals(of.source.cluster())
                        && such.test(other));
    }

    private boolean configured(Scope scope) {
        if (scope instanceof Scope.Site site && site.of() != Scope.Site.Of.SOURCE) {
            return sites.contains(site);
        }
        String name = scope instanceof Scope.Site site ? site.name() : scope.title();
        SourceCase of = cases.get(name);
        return of != null && of.source.cluster().equals(scope.cluster());
    }
}
