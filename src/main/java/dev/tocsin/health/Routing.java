package dev.tocsin.health;

import java.util.Set;

/**
 * The configuration of a Traefik that is in force: whom its routers lead to, and since when its checks have run. Immutable.
 *
 * @param routers their names, the same instance while they are the same
 * @param services names of the services that clients come to otherwise than through a service of which something is told:
 *     by a router, or through a parent that is ignored
 * @param sinceMono monotonic, of our clock; since when it is in force: with each reload all checks begin anew
 */
public record Routing(Set<String> routers, Set<String> services, long sinceMono) {
    public Routing {
        routers = Set.copyOf(routers);
        services = Set.copyOf(services);
    }
}
