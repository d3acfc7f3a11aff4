package dev.tocsin.source;

import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import org.jspecify.annotations.Nullable;

/**
 * What the ping of a Traefik adds to what its API says: whether the process lives, and whether it is on its way out. Pure.
 *
 * <p>It says nothing of routes: a process without configuration answers 200 too (facts/traefik.md section 1).
 */
public final class TraefikPing {
    /* What a Traefik answers that has got SIGTERM and has a grace for its clients, unless terminatingStatusCode says else. */
    private static final int TERMINATING = 503;
    private static final int NOT_FOUND = 404;

    private TraefikPing() {}

    /** @param ping null when it was not asked */
    public static PollResult judge(PollResult result, @Nullable Exchange<String> ping) {
        if (ping == null) {
            return result;
        }
        if (ping instanceof Exchange.Refused<String> refused && refused.status() == TERMINATING) {
            return new PollResult.Dark(
                    result.poll(),
                    result.at(),
                    SourceState.STOPPING,
                    Why.DRAINING,
                    "its ping says that it is stopping (draining): it finishes what its clients have begun");
        }
        return result instanceof PollResult.Dark dark && dark.state() == SourceState.BLIND
                ? new PollResult.Dark(
                        dark.poll(), dark.at(), dark.state(), dark.why(), dark.detail() + "; " + besides(ping))
                : result;
    }

    private static String besides(Exchange<String> ping) {
        if (ping instanceof Exchange.Answered<String>) {
            return "its ping answers: the process lives, traffic is still served, only its API cannot be seen";
        }
        if (ping instanceof Exchange.Refused<String> refused) {
            return refused.status() == NOT_FOUND
                    ? "its ping answers 404: it has no configuration yet, or its ping is elsewhere (ping_url)"
                    : "its ping answers HTTP " + refused.status();
        }
        return "its ping does not answer either: " + ((Exchange.Failed<String>) ping).detail();
    }
}
