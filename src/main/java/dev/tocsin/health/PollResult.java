package dev.tocsin.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one round of questions to one source brought. Immutable. */
public sealed interface PollResult {
    /** The number of the round; grows by one per source and process. */
    long poll();

    /** When the last byte was in, or when we gave up. */
    Moment at();

    /**
     * No target list: the source cannot be seen through.
     *
     * @param state {@code starting reloading stopping blind}
     * @param detail what came instead, for people; redacted and short
     */
    record Dark(long poll, Moment at, SourceState state, SourceState.Why why, String detail) implements PollResult {
        public Dark {
            if (state == SourceState.READY || state == SourceState.SUSPECT || state == SourceState.WARMING) {
                throw new IllegalArgumentException("a dark poll cannot be " + state);
            }
        }
    }

    /**
     * A whole target list.
     *
     * @param sourceTime the server's clock before it looked at the first target that it lists, or just then (its {@code
     *     Date} header, one second coarse); our own wall clock where it sends none
     * @param sourceTimeAt our clocks at {@code sourceTime}: {@code at}, or earlier when the list came in parts
     * @param server what else the server says of itself
     * @param observations in no order; no two of one target id
     */
    record Answered(
            long poll,
            Moment at,
            Instant sourceTime,
            Moment sourceTimeAt,
            ServerFacts server,
            List<Observation> observations)
            implements PollResult {

        /** A list that came at once. */
        public Answered(long poll, Moment at, Instant sourceTime, ServerFacts server, List<Observation> observations) {
            this(poll, at, sourceTime, at, server, observations);
        }
    }

    /**
     * What a server says of itself.
     *
     * @param startTime start of its process; null when it does not tell
     * @param reloadSucceeded whether its last configuration reload did; null when it does not tell
     * @param pools all scrape pools it has (the providers, of a Traefik), sorted; null when it does not tell (before
     *     Prometheus 2.42)
     * @param droppedTargets dropped targets per pool; null when not asked or not told (before Prometheus 2.47)
     * @param warnings what it says is amiss in its own configuration
     * @param routing of a Traefik, the same instance while it is the same; null of others
     */
    record ServerFacts(
            @Nullable Instant startTime,
            @Nullable Boolean reloadSucceeded,
            @Nullable List<String> pools,
            @Nullable Map<String, Integer> droppedTargets,
            List<Warning> warnings,
            @Nullable Routing routing) {
        public static final ServerFacts NONE = new ServerFacts(null, null, null, null);

        public ServerFacts {
            warnings = List.copyOf(warnings);
        }

        /** Of a server that has no warnings to give. */
        public ServerFacts(
                @Nullable Instant startTime,
                @Nullable Boolean reloadSucceeded,
                @Nullable List<String> pools,
                @Nullable Map<String, Integer> droppedTargets) {
            this(startTime, reloadSucceeded, pools, droppedTargets, List.of(), null);
        }
    }

    /**
     * What a server says is amiss.
     *
     * @param detail its own words, for people; cleaned and redacted
     */
    record Warning(FindingKind kind, Map<String, String> subject, String detail) {
        public Warning {
            subject = Map.copyOf(subject);
        }
    }
}
