package dev.tocsin.outage;

import dev.tocsin.health.SourceState;
import org.jspecify.annotations.Nullable;

/** What to do about a source that does not let us see, one sentence each. */
public final class SourceRemedies {
    private SourceRemedies() {}

    public static String of(SourceState state, SourceState.@Nullable Why why) {
        return why == null ? of(state) : of(why);
    }

    private static String of(SourceState state) {
        return switch (state) {
            case FROZEN -> "Its scrapes stand still: look at its CPU, its memory and its log.";
            case SUSPECT -> "Look at its network first: what it scrapes is rarely all down at once.";
            case STARTING -> "Wait for the replay of its write-ahead log, and look why it restarted.";
            case WARMING, RELOADING, STOPPING, READY, BLIND -> "Look why it restarts: memory, disk, its log.";
        };
    }

    private static String of(SourceState.Why why) {
        return switch (why) {
            case NOT_ASKED -> "It has not been asked yet.";
            case REFUSED -> "Is it running, and on this port?";
            case UNREACHABLE -> "Look at the route and the firewall between here and there.";
            case TIMEOUT -> "Is it overloaded, or does the network drop packets? Raise its timeout if it is only big.";
            case DNS -> "Does the name resolve on this machine?";
            case TLS -> "Check its certificate, and tls_config of this source.";
            case HTTP_STATUS -> "Is its url the base of the server, with the path prefix where there is one?";
            case AUTH -> "Check the credentials of this source: its secret file is read again for every poll.";
            case REDIRECT -> "Give the url it redirects to; redirects are not followed.";
            case NOT_JSON -> "Something else answers at this url: a login page, a proxy?";
            case API_ERROR -> "Look into its log.";
            case MALFORMED -> "Does a proxy in between cut or change its answers?";
            case LIMIT -> "It says more than limits allow: raise them for good reason only.";
            case WAL_REPLAY -> "Wait for the replay of its write-ahead log, and look why it restarted.";
            case DRAINING -> "It is shutting down: was that on purpose?";
        };
    }
}
