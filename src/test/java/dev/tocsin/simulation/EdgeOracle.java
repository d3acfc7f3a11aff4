package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I1;
import static dev.tocsin.simulation.Violation.Invariant.I4;
import static dev.tocsin.simulation.Violation.Invariant.I5;
import static dev.tocsin.simulation.Violation.Invariant.I7;
import static dev.tocsin.simulation.Violation.Invariant.I9;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.sim.Checks;
import dev.tocsin.wire.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what is told of Traefiks and their services against what their checks really found: I1, I4, I5, I7 and I9.
 * Confined: its run.
 */
final class EdgeOracle {
    private final Edges edges;
    private final KeyOrder keys;
    private final Map<String, EdgeTruth> truths = new TreeMap<>();
    private final Map<String, Map<String, Long>> membersOf = new HashMap<>();

    private final FeltOracle felt;
    private int lastLife;

    EdgeOracle(Edges edges, KeyOrder keys) {
        this.edges = edges;
        this.keys = keys;
        edges.traefiks.forEach((name, traefik) -> truths.put(name, new EdgeTruth(traefik)));
        this.felt = new FeltOracle(edges, truths, this::ready);
    }

    /** Judges the next record of the log. */
    void see(Event event) {
        felt.see(event);
        if (event instanceof Event.OfHealth of && of.delta().target().source().kind() == SourceKind.TRAEFIK) {
            judge(of.delta());
        } else if (event instanceof Event.OfOutage of
                && of.outage().scope() instanceof Scope.Job job
                && job.sourceKind() == SourceKind.TRAEFIK) {
            judge(of.outage(), job.job());
        }
    }

    /**
     * Takes in how things stand in this second, before what was told in it.
     *
     * @param awake whether we run, and can write our log
     * @param life the number of our process: a new one has seen nothing yet
     */
    void look(boolean awake, int life) {
        boolean goesOn = awake && life == lastLife;
        lastLife = life;
        truths.values().forEach(truth -> truth.second(goesOn));
        felt.second(goesOn);
    }

    /** Judges what stands at the end of this second. */
    void second(long second) {
        if (second % 10 == 0) {
            keys.standing().forEach(event -> {
                if (event instanceof Event.OfHealth of
                        && of.delta().target().source().kind() == SourceKind.TRAEFIK) {
                    stands(of.delta(), second);
                } else if (event instanceof Event.OfOutage of && of.outage().open()) {
                    felt.stands(of.outage(), second);
                }
            });
        }
    }

    private EdgeTruth.Server server(HealthDelta delta) {
        return truths.get(delta.target().source().name())
                .server(delta.target().job(), delta.target().instance());
    }

    /* An UP that only a reload made has no check behind it, and a DOWN without a check is a stale gauge. */
    private void judge(HealthDelta delta) {
        EdgeTruth.Server server = server(delta);
        Health to = delta.to().health();
        if (to.equals(Health.UP)) {
            unless(server.fineLately(), I5, () -> "no check found it fine: " + Story.of(delta));
        } else if (to instanceof Health.Down) {
            unless(server.failedLately(), I4, () -> "no check failed: " + Story.of(delta));
        } else if (to instanceof Health.Gone) {
            unless(server.unlistedForLong(), I4, () -> "it is still led to: " + Story.of(delta));
        } else if (to.equals(new Health.Unknown(Health.UnknownWhy.UNCHECKED))) {
            unless(server.uncheckedLately(), I4, () -> "it is checked: " + Story.of(delta));
        }
    }

    private void stands(HealthDelta delta, long second) {
        if (!ready(delta.target().source().name())) {
            return;
        }
        EdgeTruth.Server server = server(delta);
        Health health = delta.to().health();
        boolean judged = health.equals(Health.UP) || health instanceof Health.Down;
        unless(!judged || !server.neverChecked(), I9, () -> second + " s: nobody checks it: " + Story.of(delta));
        unless(
                !health.equals(Health.UP) || !server.failsForLong(),
                I9,
                () -> second + " s: its checks fail: " + Story.of(delta));
        unless(
                !(health instanceof Health.Down) || !server.fineForLong(),
                I9,
                () -> second + " s: its checks find it fine: " + Story.of(delta));
    }

    private boolean ready(String traefik) {
        return state(traefik) == SourceState.READY;
    }

    private SourceState state(String traefik) {
        return keys.last(Stream.WATERMARKS, traefik) instanceof Event.OfWatermark last
                ? last.watermark().state()
                : SourceState.BLIND;
    }

    private void judge(Outage outage, String service) {
        Map<String, Long> members = membersOf.computeIfAbsent(outage.id(), id -> new HashMap<>());
        if (outage.change() == Outage.Change.OPENED) {
            unless(!outage.members().down().isEmpty(), I4, () -> "nobody is down: " + outage);
            outage.members().down().forEach(member -> wasDown(service, member, outage));
        }
        outage.members().down().forEach(member -> members.putIfAbsent(member, now(service, member)));
        if (outage.change() == Outage.Change.RESOLVED) {
            members.forEach((member, since) -> unless(
                    truths.values().stream()
                            .anyMatch(truth -> ended(truth.server(service, member), since, outage.reason())),
                    I5,
                    () -> member + " was never fine, nor did it leave: " + outage));
        } else if (outage.change() == Outage.Change.CLOSED) {
            unless(
                    members.keySet().stream().anyMatch(member -> truths.values().stream()
                            .anyMatch(truth -> truth.server(service, member).wasUnlisted())),
                    I4,
                    () -> "its service is still there: " + outage);
        }
    }

    private long now(String service, String member) {
        return truths.values().stream()
                .mapToLong(truth -> truth.server(service, member).clock())
                .min()
                .orElse(0);
    }

    private static boolean ended(EdgeTruth.Server server, long since, Reason reason) {
        return reason == Reason.MEMBERS_UP
                ? server.fineWithin() || server.wasUnlisted()
                : server.fineSince(since - EdgeTruth.LOOKBACK_SECONDS) || server.wasUnlisted();
    }

    private void wasDown(String service, String member, Outage outage) {
        unless(
                truths.values().stream()
                        .anyMatch(truth -> truth.server(service, member).failedWithin()),
                I4,
                () -> member + " was never down: " + outage);
        truths.forEach((name, truth) -> unless(
                !ready(name) || !truth.server(service, member).fineForLong(),
                I4,
                () -> name + " sees " + member + " up by its checks: " + outage));
    }

    /** Judges what stands, a long while after all but the servers was well. */
    void end() {
        Set<String> suspects = new HashSet<>();
        truths.keySet().stream()
                .filter(name -> state(name) == SourceState.SUSPECT)
                .forEach(suspects::add);
        TreeMap<String, String> told = new TreeMap<>();
        Set<String> out = new HashSet<>();
        keys.standing().forEach(event -> {
            if (event instanceof Event.OfHealth of
                    && of.delta().target().source().kind() == SourceKind.TRAEFIK
                    && !(of.delta().to().health() instanceof Health.Gone)) {
                told.put(
                        of.delta().target().source().name() + " "
                                + of.delta().target().job() + " "
                                + of.delta().target().instance(),
                        of.delta().to().health().text());
            } else if (event instanceof Event.OfOutage of
                    && of.outage().open()
                    && of.outage().scope() instanceof Scope.Job job
                    && job.sourceKind() == SourceKind.TRAEFIK) {
                out.add(job.job());
            }
        });
        told.keySet().removeIf(target -> suspects.stream().anyMatch(name -> target.startsWith(name + " ")));
        TreeMap<String, String> real = real(suspects);
        unless(told.equals(real), I1, () -> "told " + told + "\nwant " + real);
        if (suspects.isEmpty() && !edges.none()) {
            Set<String> failing = new HashSet<>();
            real.forEach((target, health) -> {
                if (health.equals("down")) {
                    failing.add(target.split(" ")[1]);
                }
            });
            unless(out.equals(failing), I7, () -> "open are " + out + ", want " + failing);
        }
    }

    private TreeMap<String, String> real(Set<String> suspects) {
        TreeMap<String, String> real = new TreeMap<>();
        truths.keySet().stream()
                .filter(name -> !suspects.contains(name))
                .forEach(name ->
                        edges.services.forEach((service, of) -> of.servers().forEach(server -> {
                            boolean fine = edges.answer(name, server) == Checks.Answer.FINE;
                            String health = of.check() == null ? "unknown" : fine ? "up" : "down";
                            real.put(name + " " + service + " " + server, health);
                        })));
        return real;
    }
}
