package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I1;
import static dev.tocsin.simulation.Violation.Invariant.I7;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Health;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import dev.tocsin.sim.Balancer;
import dev.tocsin.simulation.Truth.State;
import dev.tocsin.wire.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** I1 and I7: when sources, network, log and we have been well for long, the fold of the log is what is so. */
final class Convergence {
    /** What may stand for ever of a world in which targets are down or not listed, and nothing else is wrong. */
    private static final Set<FindingKind> OF_TARGETS =
            EnumSet.of(FindingKind.POOL_EMPTY, FindingKind.POOL_MISSING, FindingKind.SCRAPE_LIMIT);

    private final State so;
    private final KeyOrder keys;
    private final Edges edges;
    private final Set<String> suspects = new HashSet<>();
    private final Set<String> suspectEdges = new HashSet<>();

    Convergence(Truth truth, KeyOrder keys, Edges edges) {
        this.so = truth.now();
        this.keys = keys;
        this.edges = edges;
        so.servers().stream().filter(this::isSuspect).forEach(suspects::add);
        edges.traefiks.keySet().stream().filter(this::isSuspect).forEach(suspectEdges::add);
    }

    private boolean isSuspect(String source) {
        return keys.last(Stream.WATERMARKS, source) instanceof Event.OfWatermark last
                && last.watermark().state() == SourceState.SUSPECT;
    }

    void judge() {
        if (so.nothingListed()) {
            return; // nobody could tell that a suspicion was wrong
        }
        /* It stays suspect while nearly all behind it is truly down: calm needs a fifth of it up. */
        suspects.forEach(server ->
                unless(so.shareFailing(server) > 0.8, I1, () -> server + " is suspect and " + so.shareFailing(server)));
        health();
        outages();
        keys.standing().forEach(this::finding);
    }

    private void health() {
        TreeMap<String, String> told = new TreeMap<>();
        keys.standing().forEach(event -> {
            if (event instanceof Event.OfHealth of
                    && of.delta().target().source().kind() == SourceKind.PROMETHEUS
                    && !(of.delta().to().health() instanceof Health.Gone)
                    && !suspects.contains(of.delta().target().source().name())) {
                String target = of.delta().target().source().name() + " "
                        + of.delta().target().instance();
                told.put(target, of.delta().to().health().text());
            }
        });
        TreeMap<String, String> real = new TreeMap<>();
        for (String server : so.servers()) {
            if (!suspects.contains(server)) {
                so.listed()
                        .values()
                        .forEach(names -> names.forEach(
                                name -> real.put(server + " " + name, so.fails(server, name) ? "down" : "up")));
            }
        }
        unless(told.equals(real), I1, () -> "told " + told + "\nwant " + real);
    }

    private void outages() {
        List<Outage> sites = new ArrayList<>();
        Set<String> jobs = new HashSet<>();
        keys.standing().forEach(event -> {
            if (event instanceof Event.OfOutage of && of.outage().open()) {
                if (of.outage().scope() instanceof Scope.Job job) {
                    if (job.sourceKind() == SourceKind.PROMETHEUS) {
                        jobs.add(job.job());
                        stands(of.outage(), job.job());
                    }
                } else {
                    sites.add(of.outage());
                }
            }
        });
        /* A site outage speaks for everything behind a suspect that no sighted twin contradicts. */
        boolean allSuspect = suspects.containsAll(so.servers());
        unless(
                sites.isEmpty() || !suspects.isEmpty() || !suspectEdges.isEmpty(),
                I7,
                () -> "open, and every source is ready: " + sites);
        unless(!allSuspect || !sites.isEmpty(), I7, () -> "all is down, all are suspect, and nothing is told");
        if (!allSuspect) {
            so.listed()
                    .keySet()
                    .forEach(job -> unless(
                            so.shareDown(job) == 0 || jobs.contains(job),
                            I7,
                            () -> job + " is out and nothing is told"));
        }
    }

    private void stands(Outage outage, String job) {
        if (suspects.containsAll(so.servers())) {
            return; // it stands still: nobody has a vote
        }
        double share = so.shareDown(job);
        int size = so.listed().getOrDefault(job, List.of()).size();
        long down = Math.round(share * size);
        /* What a suspect remembers of members that left is kept: its lists are not believed. */
        unless(down > 0 || !suspects.isEmpty(), I7, () -> "nobody of it is down: " + outage);
        boolean ghosts = outage.counts().unknown() > 0 && !suspects.isEmpty();
        if (outage.expectedAtOnset() > size || outage.counts().gone() > 0 || ghosts) {
            return; // who was down and left counts until it is replaced; a suspect's list is not believed either
        }
        Verdict verdict = outage.verdict();
        boolean right =
                switch (verdict) {
                    case JOB -> size >= 2 && share > 0.8 - 1e-9;
                    case PARTIAL -> share > 0.2 - 1e-9 && share < 0.9 && down >= 2;
                    case INSTANCE -> size < 2 || share < 0.3 || down < 2;
                };
        unless(right, I7, () -> down + " of " + size + " are down: " + outage);
    }

    private void finding(Event event) {
        unless(
                !(event instanceof Event.OfFinding of)
                        || !of.finding().open()
                        || suspects.contains(of.finding().source()) // its waits stand still
                        || suspectEdges.contains(of.finding().source())
                        || unchecked(of.finding())
                        || OF_TARGETS.contains(of.finding().kind()),
                I7,
                () -> "a finding that stands: " + event);
    }

    private boolean unchecked(Finding finding) {
        Balancer.Service service = edges.services.get(finding.subject().getOrDefault("service", ""));
        return finding.kind() == FindingKind.SERVICE_UNCHECKED && service != null && service.check() == null;
    }
}
