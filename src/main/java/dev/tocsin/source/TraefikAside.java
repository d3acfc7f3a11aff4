package dev.tocsin.source;

import java.util.List;

/**
 * What a Traefik tells of its configuration that we ask only now and then. Immutable. Empty where its version tells
 * nothing.
 */
public record TraefikAside(List<Broken> middlewares, List<Broken> tcpRouters, List<Certificate> certificates) {
    public static final TraefikAside NONE = new TraefikAside(List.of(), List.of(), List.of());

    public TraefikAside {
        middlewares = List.copyOf(middlewares);
        tcpRouters = List.copyOf(tcpRouters);
        certificates = List.copyOf(certificates);
    }
}
