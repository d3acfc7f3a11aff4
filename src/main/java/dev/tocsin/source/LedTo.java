package dev.tocsin.source;

import dev.tocsin.source.Composition.Child;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services of a Traefik to which clients are led: by a router of somebody, or by a service that they are led to.
 * Immutable.
 */
final class LedTo {
    private final Set<ServiceName> byParents;

    private LedTo(Set<ServiceName> byParents) {
        this.byParents = byParents;
    }

    static LedTo of(List<TraefikService> services) {
        Map<ServiceName, TraefikService> parents = new HashMap<>();
        for (TraefikService service : services) {
            if (service.composition() != null && service.error() == null) {
                parents.put(ServiceName.of(service), service);
            }
        }
        Deque<TraefikService> open = new ArrayDeque<>();
        parents.values().stream().filter(parent -> parent.routers() > 0).forEach(open::add);
        Set<ServiceName> led = new HashSet<>();
        while (!open.isEmpty()) {
            for (ServiceName child : children(open.remove())) {
                /* Each once: they may stand in a circle. */
                if (led.add(child) && parents.containsKey(child)) {
                    open.add(parents.get(child));
                }
            }
        }
        return new LedTo(led);
    }

    boolean contains(TraefikService service) {
        return service.routers() > 0 || !byParents.isEmpty() && byParents.contains(ServiceName.of(service));
    }

    private static List<ServiceName> children(TraefikService parent) {
        Composition composition = parent.composition();
        List<Child> children = composition == null ? List.of() : composition.children();
        return children.stream()
                .map(child -> new ServiceName(parent.protocol(), child.name()))
                .toList();
    }
}
