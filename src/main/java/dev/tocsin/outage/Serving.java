package dev.tocsin.outage;

import dev.tocsin.health.WaitClock;
import dev.tocsin.outage.ImpactRule.Clients;
import dev.tocsin.outage.ImpactRule.Felt;
import java.util.Collection;

/**
 * Whether the balancers have somebody to send to, for one service at one moment. Immutable.
 *
 * @param out whether the service is out as a whole
 * @param clients what becomes of them when no server is left
 */
record Serving(
        Collection<Instance> servers, int up, int down, int undecided, int unknown, boolean out, Clients clients) {

    static Serving of(Collection<Instance> servers, boolean out, Clients clients, long now) {
        int up = 0;
        int down = 0;
        int undecided = 0;
        int unknown = 0;
        for (Instance server : servers) {
            switch (server.said(now)) {
                case UP -> up++;
                case DOWN -> down++;
                case UNDECIDED -> undecided++;
                case UNKNOWN -> unknown += server.held == Instance.Held.GONE ? 0 : 1;
            }
        }
        return new Serving(servers, up, down, undecided, unknown, out, clients);
    }

    /** What that means for a member that is down. */
    Felt felt() {
        if (out) {
            return up == 0 && unknown == 0 ? nobodyLeft() : Felt.SERVICE_OUT;
        }
        if (up > 0) {
            return Felt.OTHERS_SERVE;
        }
        if (undecided > 0) {
            return down > 0 ? Felt.NOT_SERVED : Felt.SILENT;
        }
        return down > 0 && unknown == 0 ? nobodyLeft() : Felt.UNKNOWN;
    }

    private Felt nobodyLeft() {
        return switch (clients) {
            case LOST -> Felt.SERVICE_OUT;
            case ANSWERED -> Felt.PARENTS_SERVE;
            case UNDECIDED -> Felt.OUT_SO_FAR;
        };
    }

    boolean nobodyDown() {
        return down == 0;
    }

    /** Whether each of its servers serves. */
    boolean whole() {
        return up > 0 && down + undecided + unknown == 0;
    }

    /** Whether each server has been looked at since a member went down. */
    boolean lookedAtSince(Instance member, WaitClock waits, long now) {
        return servers.stream().allMatch(server -> server.lookedAtSince(member, waits, now));
    }
}
