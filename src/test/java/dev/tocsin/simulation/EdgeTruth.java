package dev.tocsin.simulation;

import dev.tocsin.sim.Balancer;
import java.util.HashMap;
import java.util.Map;

/**
 * What the checks of one Traefik really found, as far as we could see it. Confined: its oracle.
 *
 * <p>Its clock goes only while we could look: what nobody could see need not have been told.
 */
final class EdgeTruth {
    /** How long after it was so a thing may be told first: some polls. */
    static final int LATELY_SECONDS = 30;

    /** How long after it was so an outage may be told of it: a round, confirmation, settling. */
    static final int LOOKBACK_SECONDS = 150;

    /** What has been so for so long must have been told. */
    private static final int LONG_SECONDS = 60;

    /**
     * So long may an impact stand that nothing bears out, while we run: the rule holds it for a round of its job (interval
     * and timeout are 25 s, and a source that is dark is asked every 30 s), then a version waits for its turn (10 s), and
     * for the poll before it (5 s).
     */
    static final int UNPROVEN_SECONDS = 25 + 30 + 10 + 5;

    /** What goes out of sight is in sight for us until a poll has failed. */
    static final int SILENT_SECONDS = UNPROVEN_SECONDS + 10;

    /** Three polls over 15 s, of which the first may come at once. */
    private static final int GONE_SECONDS = 10;

    private static final int BUILD_MILLIS = 2_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final VirtualTraefik traefik;
    private final Map<String, Server> servers = new HashMap<>();
    private long clock;
    private boolean sighted;

    EdgeTruth(VirtualTraefik traefik) {
        this.traefik = traefik;
    }

    /** The next second. @param awake whether we run on, and can write our log */
    void second(boolean awake) {
        sighted = awake && !traefik.silent() && traefik.churned.isEmpty() && traefik.latencySeconds == 0;
        clock += sighted ? 1 : 0;
        traefik.balancer().services().forEach((name, service) -> service.servers()
                .forEach(server -> server(name, server).listed = true));
        servers.values().forEach(Server::second);
    }

    /** Whether it could be seen through in this second. */
    boolean sighted() {
        return sighted;
    }

    Server server(String service, String name) {
        return servers.computeIfAbsent(service + " " + name, key -> new Server(service, name));
    }

    /** What was so of one server. */
    final class Server {
        private final String service;
        private final String name;
        private boolean listed;
        private long fineAt = NEVER;
        private long failedAt = NEVER;
        private long foundFineAtMillis = NEVER;
        private long uncheckedAt = NEVER;
        private long unlistedAt = NEVER;
        private int unlistedFor;
        private int uncheckedFor;
        private int fineFor;
        private int failsFor;

        private Server(String service, String name) {
            this.service = service;
            this.name = name;
        }

        private void second() {
            Balancer balancer = traefik.balancer();
            Balancer.Service of = listed ? balancer.services().get(service) : null;
            Balancer.Check check = of == null ? null : of.check();
            Balancer.Found found = balancer.found(service, name);
            unlistedFor = listed ? 0 : unlistedFor + 1;
            if (unlistedFor >= GONE_SECONDS) {
                unlistedAt = clock;
            }
            boolean proven = sighted
                    && check != null
                    && found != null
                    && proven(check, of.servers().size(), found);
            fineFor = proven && found.up() ? fineFor + 1 : 0;
            failsFor = proven && !found.up() ? failsFor + 1 : 0;
            uncheckedFor = sighted && listed && check == null ? uncheckedFor + 1 : 0;
            if (check != null && found != null) {
                fineAt = found.up() ? clock : fineAt;
                foundFineAtMillis = found.up() ? found.atMillis() : foundFineAtMillis;
                failedAt = found.up() ? failedAt : clock;
            } else if (listed && check == null) {
                uncheckedAt = clock;
            }
            listed = false;
        }

        /* By a check of this configuration, and no older than one may be. */
        private boolean proven(Balancer.Check check, int count, Balancer.Found found) {
            long round = check.intervalMillis() + check.timeoutMillis() * count + BUILD_MILLIS;
            long now = traefik.nowMillis();
            return now - found.atMillis() <= round && now - traefik.loadedMillis() > round;
        }

        long clock() {
            return clock;
        }

        boolean fineLately() {
            return clock - fineAt <= LATELY_SECONDS;
        }

        boolean fineWithin() {
            return clock - fineAt <= LOOKBACK_SECONDS;
        }

        /** Whether a check has ended well since then, in true time. */
        boolean foundFineSince(long millis) {
            return foundFineAtMillis >= millis;
        }

        boolean fineSince(long then) {
            return fineAt >= then;
        }

        boolean failedLately() {
            return clock - failedAt <= LATELY_SECONDS;
        }

        boolean failedWithin() {
            return clock - failedAt <= LOOKBACK_SECONDS;
        }

        boolean uncheckedLately() {
            return clock - uncheckedAt <= LATELY_SECONDS;
        }

        boolean unlistedForLong() {
            return clock - unlistedAt <= LOOKBACK_SECONDS;
        }

        boolean unlisted() {
            return unlistedFor > 0;
        }

        /** Whether it ever was not led to for long, or never was at all. */
        boolean wasUnlisted() {
            return unlistedAt != NEVER;
        }

        boolean neverChecked() {
            return uncheckedFor >= LONG_SECONDS;
        }

        boolean fineForLong() {
            return fineFor >= LONG_SECONDS;
        }

        /** Whether it has been so for long enough for an outage to say so as well. */
        boolean fineForOutages() {
            return fineFor >= LONG_SECONDS + UNPROVEN_SECONDS;
        }

        boolean failsForOutages() {
            return failsFor >= LONG_SECONDS + UNPROVEN_SECONDS;
        }

        boolean failsForLong() {
            return failsFor >= LONG_SECONDS;
        }
    }
}
