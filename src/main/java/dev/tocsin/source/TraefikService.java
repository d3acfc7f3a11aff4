package dev.tocsin.source;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service as a Traefik lists it. Immutable.
 *
 * @param name qualified, as {@code checkout@file}
 * @param provider who brought it, as {@code file}
 * @param error why it does not serve; null while it is enabled (that says nothing of its servers)
 * @param balancer whether it has servers of its own; a parent (weighted, failover, mirroring) has none
 * @param check the active check that is configured; null for none. That it is configured does not mean that it runs
 * @param servers no two of one URL
 * @param composition how a parent leads to its children; null when it is none
 * @param usedBy routers of other providers than {@code internal} that lead to it
 */
public record TraefikService(
        Protocol protocol,
        String name,
        String provider,
        @Nullable String error,
        boolean balancer,
        @Nullable Check check,
        List<Server> servers,
        @Nullable Composition composition,
        List<String> usedBy) {
    static final String INTERNAL = "internal";

    public TraefikService {
        servers = List.copyOf(servers);
        usedBy = List.copyOf(usedBy);
    }

    /** How many routers lead to it. */
    int routers() {
        return usedBy.size();
    }

    /** Which of its lists it stands in. */
    public enum Protocol {
        HTTP,
        TCP,
        UDP;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An active check. @param pathGiven v2 ignores one without a path */
    public record Check(int intervalMillis, int timeoutMillis, boolean pathGiven) {}

    /**
     * A server of a service.
     *
     * @param url as {@link ServerUrl} has it; {@code host:port} of TCP
     * @param up what {@code serverStatus} says: true for each new one, checked or not; null when it is not there
     * @param fenced whether it is on its way out, as an endpoint in Kubernetes that is ending: it serves those who have
     *     a cookie for it, and nobody else
     */
    public record Server(String url, @Nullable Boolean up, boolean fenced) {
        /** One that takes everybody. */
        public Server(String url, @Nullable Boolean up) {
            this(url, up, false);
        }
    }

    /** Traefik's own: its API, its metrics. */
    boolean internal() {
        return provider.equals(INTERNAL);
    }
}
