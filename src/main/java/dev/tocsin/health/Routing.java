package dev.tocsin.health;

import java.util.Set;

/**
 * Whom the routers of a Traefik lead to. Immutable.
 *
 * @param routers their names, the same instance while they are the same
 * @param services names of the services that clients come to otherwise than through a service of which something is told:
 *     by a router, or through a parent that is ignored
 */
public record Routing(Set<String> routers, Set<String> services) {
    public Routing {
        routers = Set.copyOf(routers);
        services = Set.copyOf(services);
    }
}
