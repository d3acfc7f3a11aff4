package dev.tocsin.source;

import dev.tocsin.source.TraefikService.Protocol;

/** The name of a service among all of a Traefik: each protocol has its own. Immutable. @param name qualified */
record ServiceName(Protocol protocol, String name) {
    static ServiceName of(TraefikService service) {
        return new ServiceName(service.protocol(), service.name());
    }
}
