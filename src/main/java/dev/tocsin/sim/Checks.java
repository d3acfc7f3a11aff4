package dev.tocsin.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The health checks of one service since its last configuration. Confined: its {@link Balancer}.
 *
 * <p>Two rounds, one of the servers that are UP and one of the others, each with a ticker that begins with the
 * configuration, so the first check comes one interval later; in a round one server after the other (facts/traefik.md
 * section 6).
 */
public final class Checks {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int MILLIS_MAX = 20;

    /** What a check of a server comes to. */
    public enum Answer {
        FINE,
        /** At once: it is refused, or it answers with an error. */
        FAILS,
        /** When its time is up. */
        HANGS
    }

    /** What the checks find out there. */
    public interface Reach {
        Answer of(String service, String server);
    }

    /** Hears of each check that has ended. */
    interface Heard {
        void found(String server, Balancer.Found found);
    }

    private final String service;
    private final Balancer.Check check;
    private final Reach reach;
    private final long sinceMillis;
    private final Round up = new Round();
    private final Round down = new Round();

    Checks(String service, List<String> servers, Balancer.Check check, Reach reach, long nowMillis) {
        this.service = service;
        this.check = check;
        this.reach = reach;
        this.sinceMillis = nowMillis;
        servers.forEach(server -> up.join(server, nowMillis));
    }

    /** Does the checks that have ended by then, in the order of their ends. */
    void pass(long nowMillis, Heard heard) {
        for (Round round = earlier(); round.nextMillis() <= nowMillis; round = earlier()) {
            round.step(heard);
        }
    }

    private Round earlier() {
        return up.nextMillis() <= down.nextMillis() ? up : down;
    }

    boolean up(String server) {
        return !down.members.contains(server);
    }

    /** The servers that one ticker has checked, one after another. */
    private final class Round {
        private final Set<String> members = new LinkedHashSet<>();
        private final Deque<String> running = new ArrayDeque<>();
        private long tickMillis = NEVER;
        private long atMillis;

        void join(String server, long nowMillis) {
            if (members.isEmpty() && running.isEmpty()) {
                tickMillis = tickAfter(nowMillis);
                atMillis = nowMillis;
            }
            members.add(server);
        }

        /** When a check of it ends next, or a round begins. */
        long nextMillis() {
            if (!running.isEmpty()) {
                return atMillis + millis(running.element());
            }
            return members.isEmpty() ? NEVER : Math.max(atMillis, tickMillis);
        }

        void step(Heard heard) {
            if (running.isEmpty()) {
                atMillis = nextMillis();
                running.addAll(members);
                /* A tick that comes while the round runs is kept, one and no more. */
                tickMillis = tickAfter(atMillis);
                return;
            }
            atMillis = nextMillis();
            String server = running.remove();
            boolean fine = reach.of(service, server) == Answer.FINE;
            heard.found(server, new Balancer.Found(fine, atMillis));
            Round to = fine ? up : down;
            if (to != this) {
                members.remove(server);
                to.join(server, atMillis);
            }
        }

        private long tickAfter(long millis) {
            long ticks = Math.floorDiv(millis - sinceMillis, check.intervalMillis()) + 1;
            return sinceMillis + ticks * check.intervalMillis();
        }

        private long millis(String server) {
            return reach.of(service, server) == Answer.HANGS
                    ? check.timeoutMillis()
                    : 1 + Math.floorMod(server.hashCode(), MILLIS_MAX);
        }
    }
}
