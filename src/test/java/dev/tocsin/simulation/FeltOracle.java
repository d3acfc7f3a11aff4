package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I4;
import static dev.tocsin.simulation.Violation.Invariant.I9;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.Impact;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Scope;
import dev.tocsin.wire.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Holds what users are said to feel of an outage against what the checks of the servers behind it really found, where
 * services stand at the addresses of a job: I4 and I9. Confined: its run.
 */
final class FeltOracle {
    private final Edges edges;
    private final Map<String, EdgeTruth> truths;
    private final Predicate<String> ready;
    private final Map<String, Impact> impacts = new HashMap<>(); // by outage, as told last
    /** By instance and Prometheus, since when it is told to be down. */
    private final Map<String, Map<String, Long>> downSince = new HashMap<>();

    private final Map<Scope.Job, Set<String>> sourcesOf = new HashMap<>();
    private final Map<Scope.Job, Set<String>> downOf = new HashMap<>(); // targets that are told to be down

    /** For how many seconds, while we ran, no record and no blind source has said that somebody of a job is down. */
    private final Map<Scope.Job, Integer> nobodyDownFor = new HashMap<>();

    /** By outage, the second since which that it is not felt is told. */
    private final Map<String, Long> servedSince = new HashMap<>();

    /**
     * Since when no Traefik has had a vote, or could have had one, while we ran. The word on a source that is ready again
     * may come late, or never when it is dark again by then.
     */
    private long silentSince;

    private long clock;

    /** @param ready whether a source is, for all that is told of it */
    FeltOracle(Edges edges, Map<String, EdgeTruth> truths, Predicate<String> ready) {
        this.edges = edges;
        this.truths = truths;
        this.ready = ready;
    }

    /** Judges the next record of the log. */
    void see(Event event) {
        if (!edges.joined()) {
            return;
        }
        if (event instanceof Event.OfHealth of) {
            see(of.delta());
        } else if (event instanceof Event.OfOutage of && of.outage().scope() instanceof Scope.Job job) {
            Impact before = impacts.put(of.outage().id(), impact(of.outage()));
            if (before != Impact.OBSERVABILITY) {
                servedSince.put(of.outage().id(), clock);
            }
            if (of.outage().open() && impact(of.outage()) == Impact.OBSERVABILITY) {
                of.outage().members().down().forEach(member -> served(member, job, before, of.outage()));
            }
        }
    }

    private void see(HealthDelta delta) {
        String source = delta.target().source().name();
        SourceKind kind = delta.target().source().kind();
        Scope.Job job = new Scope.Job(
                delta.target().source().cluster(), kind, delta.target().job());
        sourcesOf.computeIfAbsent(job, of -> new HashSet<>()).add(source);
        Set<String> down = downOf.computeIfAbsent(job, of -> new HashSet<>());
        if (delta.to().health() instanceof Health.Down) {
            down.add(delta.target().id());
        } else {
            down.remove(delta.target().id());
        }
        if (kind == SourceKind.PROMETHEUS) {
            since(delta, source);
        }
    }

    private void since(HealthDelta delta, String source) {
        Map<String, Long> of = downSince.computeIfAbsent(delta.target().instance(), name -> new HashMap<>());
        if (delta.to().health() instanceof Health.Down) {
            /* The record may come late, and our clock may be wrong. */
            of.putIfAbsent(source, Math.min(nowMillis(), delta.to().since().toEpochMilli()));
        } else {
            of.remove(source);
        }
    }

    /* Who is served and not scraped was found fine by some check, and when that is told first, by one since then; who
     * has just left the list of servers is held to be what it was. */
    private void served(String member, Scope.Job job, Impact before, Outage outage) {
        List<EdgeTruth.Server> servers = truths.values().stream()
                .map(truth -> truth.server(service(job), edges.address(member)))
                .toList();
        unless(
                servers.stream().anyMatch(EdgeTruth.Server::fineWithin),
                I4,
                () -> "no check found " + member + " fine: " + outage);
        long since = downSince.getOrDefault(member, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(0);
        unless(
                before == Impact.OBSERVABILITY
                        || servers.stream().anyMatch(server -> server.foundFineSince(since) || server.unlisted()),
                I4,
                () -> "no check has found " + member + " fine since it was down: " + outage);
    }

    private long nowMillis() {
        return edges.traefiks.values().iterator().next().nowMillis();
    }

    private static Impact impact(Outage outage) {
        return outage.both().impact() == null
                ? Impact.NONE_KNOWN
                : outage.both().impact();
    }

    /** The next second. @param goesOn whether we run on, and can write our log: what we wait for begins anew else */
    void second(boolean goesOn) {
        clock++;
        boolean silent = truths.keySet().stream().noneMatch(ready)
                && truths.values().stream().noneMatch(EdgeTruth::sighted);
        silentSince = goesOn && silent ? silentSince : clock;
        downOf.forEach((job, down) -> {
            boolean nobody = goesOn
                    && down.isEmpty()
                    && sourcesOf.getOrDefault(job, Set.of()).stream().allMatch(ready);
            nobodyDownFor.put(job, nobody ? nobodyDownFor.getOrDefault(job, 0) + 1 : 0);
        });
    }

    /** Judges an open outage that stands at the end of a second. */
    void stands(Outage outage, long second) {
        if (!edges.joined() || !(outage.scope() instanceof Scope.Job job)) {
            return;
        }
        Impact impact = outage.both().impact();
        unless(
                impact == null || nobodyDownFor.getOrDefault(job, 0) <= EdgeTruth.UNPROVEN_SECONDS,
                I9,
                () -> second + " s: nobody of it is down: " + outage);
        long unproven = clock - Math.max(silentSince, servedSince.getOrDefault(outage.id(), clock));
        unless(
                impact != Impact.OBSERVABILITY || unproven <= EdgeTruth.SILENT_SECONDS,
                I9,
                () -> second + " s: no balancer has a word on it: " + outage);
        String service = service(job);
        unless(
                impact != Impact.OBSERVABILITY || !all(service, EdgeTruth.Server::failsForOutages),
                I9,
                () -> second + " s: nobody is left of " + service + ": " + outage);
        unless(
                impact != Impact.USERS || !all(service, EdgeTruth.Server::fineForOutages),
                I9,
                () -> second + " s: all of " + service + " are fine: " + outage);
    }

    /** Whether that is so of each server of a service, from each Traefik; none of them may be out of our sight. */
    private boolean all(String service, Predicate<EdgeTruth.Server> so) {
        if (!edges.services.containsKey(service)) {
            return false;
        }
        List<String> servers = edges.services.get(service).servers();
        return truths.entrySet().stream()
                .allMatch(each -> ready.test(each.getKey())
                        && servers.stream()
                                .allMatch(name -> so.test(each.getValue().server(service, name))));
    }

    /** That stands in front of a job. */
    private String service(Scope.Job job) {
        return job.sourceKind() == SourceKind.TRAEFIK
                ? job.job()
                : edges.services.keySet().stream()
                        .filter(name -> name.startsWith(job.job() + "@"))
                        .findFirst()
                        .orElse("");
    }
}
