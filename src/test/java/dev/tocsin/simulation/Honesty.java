package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I9;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.Health;
import dev.tocsin.simulation.Truth.State;
import dev.tocsin.wire.Event;
import java.util.HashMap;
import java.util.Map;

/** I9: when nobody has looked for long, and we run, what is behind that server is unknown. Confined: its oracle. */
final class Honesty {
    /** Stale after 60 s, a freshness of 40 s, three scrapes, a poll. */
    private static final int SECONDS = 60 + 40 + 45 + 5;

    private final Map<String, Integer> silentFor = new HashMap<>();
    private final Map<String, Integer> frozenFor = new HashMap<>();
    private State last;

    void second(State now, long second, KeyOrder keys) {
        boolean goesOn = now.awake() && last != null && last.life() == now.life();
        for (String server : now.servers()) {
            int silent = count(silentFor, server, goesOn && now.silent().contains(server));
            int frozen = count(frozenFor, server, goesOn && now.frozen().contains(server));
            int seconds = Math.max(silent, frozen);
            if (seconds > SECONDS && seconds % 10 == 0) {
                unless(
                        allUnknown(server, keys),
                        I9,
                        () -> second + " s: nobody has looked behind " + server + " for " + seconds + " s");
            }
        }
        last = now;
    }

    private static int count(Map<String, Integer> seconds, String server, boolean so) {
        return so ? seconds.merge(server, 1, Integer::sum) : seconds.merge(server, 0, (before, none) -> none);
    }

    private static boolean allUnknown(String server, KeyOrder keys) {
        return keys.standing()
                .noneMatch(event -> event instanceof Event.OfHealth of
                        && of.delta().target().source().name().equals(server)
                        && (of.delta().to().health() instanceof Health.Up
                                || of.delta().to().health() instanceof Health.Down));
    }
}
