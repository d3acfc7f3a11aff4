package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I4;
import static dev.tocsin.simulation.Violation.Invariant.I5;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.simulation.Truth.Span;
import dev.tocsin.simulation.Truth.State;
import dev.tocsin.wire.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the log against what was so: I1 to I9 of the table of invariants. It knows the records, as any reader of the log
 * has them, and the {@link Truth}; nothing of us. Confined: its run.
 */
final class Oracle {
    /** A sighted server that has stood so long has had its say: two rounds. */
    private static final int CLEAN_SECONDS = 60;

    private static final int SCRAPE_SECONDS = 15;

    /** Three polls over 15 s, of which the first may come at once. */
    private static final int GONE_SECONDS = 10;

    /** Unknown needs at least so long without sight. */
    private static final int UNSEEN_SECONDS = 60 - 5;

    /** Overdue needs at least so long without a scrape: a freshness, but for the interval that had begun. */
    private static final int OVERDUE_SECONDS = 40 - 15 - 1;

    private final Truth truth;
    private final KeyOrder keys = new KeyOrder();
    private final Honesty honesty = new Honesty();
    private final PlainOutages plain = new PlainOutages();
    private final Map<String, Set<String>> membersOf = new HashMap<>();
    private int ambiguous;

    private final Edges behind;
    private final EdgeOracle edges;

    Oracle(Truth truth, Edges edges) {
        this.truth = truth;
        this.behind = edges;
        this.edges = new EdgeOracle(edges, keys);
    }

    /** Openings that nobody could have told from the truth. */
    int ambiguous() {
        return ambiguous;
    }

    int plainOutagesFound() {
        return plain.found();
    }

    /** Takes in how things stand in this second, before what was told in it. */
    void look() {
        edges.look(truth.now().awake(), truth.now().life());
    }

    /** Judges the next record of the log. */
    void see(Event event) {
        keys.see(event);
        edges.see(event);
        if (event instanceof Event.OfHealth of) {
            if (of.delta().target().source().kind() == SourceKind.PROMETHEUS) {
                judge(of.delta());
            }
        } else if (event instanceof Event.OfOutage of) {
            plain.see(of.outage(), truth.second());
            judge(of.outage());
        } else if (event instanceof Event.OfFinding of) {
            plain.see(of.finding(), truth.second());
        }
    }

    /** Judges what was not told by the end of this second. */
    void second() {
        honesty.second(truth.now(), truth.second(), keys);
        edges.second(truth.second());
        plain.second(truth);
    }

    /** Judges what stands, a long while after all but the targets was well. */
    void end() {
        new Convergence(truth, keys, behind).judge();
        edges.end();
    }

    private void judge(HealthDelta delta) {
        String server = delta.target().source().name();
        String instance = delta.target().instance();
        Health to = delta.to().health();
        boolean founded =
                switch (to.text()) {
                    case "down" -> any(seen(server, instance), state -> state.fails(server, instance));
                    case "up" -> any(seen(server, instance), state -> !state.fails(server, instance));
                    case "gone" -> unlisted(server, instance) >= GONE_SECONDS;
                    default -> unseen(server, instance, to);
                };
        unless(founded, to.equals(Health.UP) ? I5 : I4, () -> "without a reason: " + Story.of(delta));
        since(delta, seen(server, instance));
    }

    /* Where it was the other way round before, it began when that was last seen; what nobody saw may be older. */
    private void since(HealthDelta delta, List<Span> window) {
        Instant since = delta.to().since();
        boolean flips = delta.from() != null
                && (delta.from().health().equals(Health.UP) && delta.to().health() instanceof Health.Down
                        || delta.from().health() instanceof Health.Down
                                && delta.to().health().equals(Health.UP));
        flips &= window.stream()
                .allMatch(span -> span.state().life() == truth.now().life()); // else their clock is new
        long seconds = window.stream().mapToLong(Span::seconds).sum() + SCRAPE_SECONDS;
        boolean soon = !flips || !since.isBefore(truth.wall().minusSeconds(seconds));
        unless(soon && !since.isAfter(truth.wall()), I4, () -> "since when? " + Story.of(delta));
    }

    private int unlisted(String server, String instance) {
        return seen(server, instance).stream()
                .filter(span -> !span.state().lists(server, instance))
                .mapToInt(Span::seconds)
                .sum();
    }

    private List<Span> seen(String server, String instance) {
        return truth.lookback(state -> state.seen(server, instance));
    }

    private static boolean any(List<Span> spans, java.util.function.Predicate<State> so) {
        return spans.stream().anyMatch(span -> so.test(span.state()));
    }

    private boolean unseen(String server, String instance, Health to) {
        boolean overdue = to.equals(new Health.Unknown(Health.UnknownWhy.SCRAPE_OVERDUE));
        int seconds = 0;
        boolean before = false;
        boolean suspectBefore = false;
        for (Span span : truth.last(Truth.LOOKBACK_SECONDS)) {
            /* When so many fail, the guard may take the server for cut off. */
            boolean suspect = span.state().shareFailing(server) >= 0.5;
            boolean now = suspect
                    || !span.state().seen(server, instance)
                    || !span.state().lists(server, instance);
            seconds += now ? span.seconds() : 0;
            seconds += before && !now ? 20 : 0; // until it is scraped again, and we ask
            seconds += suspect && !suspectBefore ? 45 : 0; // until it is believed again
            before = now;
            suspectBefore = suspect;
        }
        return seconds >= (overdue ? OVERDUE_SECONDS : UNSEEN_SECONDS);
    }

    private void judge(Outage outage) {
        unless(!outage.startedAt().isAfter(outage.openedAt()), I4, () -> "opened before it began: " + outage);
        unless(!outage.changedAt().isAfter(truth.wall()), I4, () -> "told of times to come: " + outage);
        if (!(outage.scope() instanceof Scope.Job job) || job.sourceKind() != SourceKind.PROMETHEUS) {
            return;
        }
        Set<String> members = membersOf.computeIfAbsent(outage.id(), id -> new HashSet<>());
        List<String> down = outage.members().down();
        if (outage.change() == Outage.Change.OPENED) {
            unless(!down.isEmpty(), I4, () -> "nobody is down: " + outage);
            down.forEach(instance -> wasDown(instance, outage));
        }
        members.addAll(down);
        if (outage.change() == Outage.Change.RESOLVED) {
            members.forEach(member -> unless(
                    any(sinceWhenItCouldEnd(outage, member), state -> well(state, member)),
                    I5,
                    () -> member + " was never up, nor did it leave: " + outage));
        }
    }

    /* Who left may have done so at any time since it opened; who is up is up now. */
    private List<Span> sinceWhenItCouldEnd(Outage outage, String member) {
        return outage.reason() == Reason.MEMBERS_UP
                ? truth.lookback(state -> state.seenByAny(member))
                : truth.last(Math.toIntExact(
                        Truth.LOOKBACK_SECONDS + outage.openedAt().until(truth.wall(), ChronoUnit.SECONDS)));
    }

    private static boolean well(State state, String member) {
        return !state.down().contains(member)
                || state.servers().stream().noneMatch(server -> state.lists(server, member));
    }

    private void wasDown(String instance, Outage outage) {
        List<Span> window = truth.lookback(state -> state.seenByAny(instance));
        if (any(window, state -> state.down().contains(instance))) {
            return;
        }
        Set<String> servers = truth.now().servers();
        boolean failed = servers.stream().anyMatch(server -> any(window, state -> state.unreachable(server, instance)));
        boolean cleanWitness = servers.stream().anyMatch(server -> cleanWitness(server, instance));
        unless(failed && !cleanWitness, I4, () -> instance + " was never down: " + outage);
        ambiguous++;
    }

    /* A server that we suspect is none: its guard holds until a fifth of its targets are up. */
    private boolean cleanWitness(String server, String instance) {
        return keys.last(Stream.WATERMARKS, server) instanceof Event.OfWatermark last
                && last.watermark().state() == SourceState.READY
                && truth.last(CLEAN_SECONDS).stream()
                        .map(Span::state)
                        .allMatch(state -> state.seen(server, instance)
                                && state.lists(server, instance)
                                && !state.fails(server, instance));
    }
}
