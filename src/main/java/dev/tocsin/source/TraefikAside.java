package dev.tocsin.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a Traefik tells of its configuration that we ask only now and then. Immutable. Empty where its version tells
 * nothing.
 *
 * @param udp its services of UDP: they have no checks, in no version
 */
public record TraefikAside(
        List<Broken> middlewares,
        List<Broken> tcpMiddlewares,
        List<Broken> tcpRouters,
        List<TraefikService> udp,
        List<Certificate> certificates) {
    public static final TraefikAside NONE = new TraefikAside(List.of(), List.of(), List.of(), List.of(), List.of());

    public TraefikAside {
        middlewares = List.copyOf(middlewares);
        tcpMiddlewares = List.copyOf(tcpMiddlewares);
        tcpRouters = List.copyOf(tcpRouters);
        udp = List.copyOf(udp);
        certificates = List.copyOf(certificates);
    }

    public TraefikAside withMiddlewares(List<Broken> now) {
        return new TraefikAside(now, tcpMiddlewares, tcpRouters, udp, certificates);
    }

    public TraefikAside withTcpMiddlewares(List<Broken> now) {
        return new TraefikAside(middlewares, now, tcpRouters, udp, certificates);
    }

    public TraefikAside withTcpRouters(List<Broken> now) {
        return new TraefikAside(middlewares, tcpMiddlewares, now, udp, certificates);
    }

    public TraefikAside withUdp(List<TraefikService> now) {
        return new TraefikAside(middlewares, tcpMiddlewares, tcpRouters, now, certificates);
    }

    public TraefikAside withCertificates(List<Certificate> now) {
        return new TraefikAside(middlewares, tcpMiddlewares, tcpRouters, udp, now);
    }

    /** Middlewares of all protocols that do not serve. */
    Stream<Broken> brokenMiddlewares() {
        return Stream.concat(middlewares.stream(), tcpMiddlewares.stream());
    }
}
