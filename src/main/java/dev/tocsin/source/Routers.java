package dev.tocsin.source;

import dev.tocsin.health.Routing;
import dev.tocsin.source.Composition.Child;
import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Whom the routers of one Traefik lead to: the same instance while they do. Confined: the asker of the source. */
final class Routers {
    private static final int LENGTH_MAX = 200;

    private final Predicate<String> ignored;
    /* As they are listed: an answer in which nothing changed is walked along. */
    private List<Line> listed = List.of();
    private Routing routing = new Routing(Set.of(), Set.of(), Long.MIN_VALUE);

    /** A service that clients come to. @param untold its children, when nothing is told of it itself */
    private record Line(Protocol protocol, String service, List<String> routers, List<Child> untold) {
        boolean is(TraefikService of, List<Child> itsUntold) {
            return protocol == of.protocol()
                    && service.equals(of.name())
                    && routers.equals(of.usedBy())
                    && untold.equals(itsUntold);
        }
    }

    /** @param ignored names of services of which nothing is told */
    Routers(Predicate<String> ignored) {
        this.ignored = ignored;
    }

    /** @param sinceMono since when that has been in force */
    Routing see(List<TraefikService> services, long sinceMono) {
        if (!same(services)) {
            List<Line> now = new ArrayList<>();
            for (TraefikService service : services) {
                List<Child> untold = untold(service);
                if (service.routers() > 0 || !untold.isEmpty()) {
                    now.add(new Line(service.protocol(), service.name(), service.usedBy(), untold));
                }
            }
            listed = now;
            Routing shown = shown(now, sinceMono);
            Set<String> before = routing.routers();
            routing = shown.equals(routing)
                    ? routing
                    : new Routing(
                            before.equals(shown.routers()) ? before : shown.routers(), shown.services(), sinceMono);
        } else if (routing.sinceMono() != sinceMono) {
            routing = new Routing(routing.routers(), routing.services(), sinceMono);
        }
        return routing;
    }

    private static Routing shown(List<Line> lines, long sinceMono) {
        Set<String> routers = new HashSet<>();
        Set<String> services = new HashSet<>();
        for (Line line : lines) {
            for (String router : line.routers()) {
                String name = CleanText.of(router, LENGTH_MAX);
                routers.add(line.protocol() == Protocol.HTTP ? name : name + " (tcp)");
                services.add(line.service());
            }
            line.untold().forEach(child -> services.add(child.name()));
        }
        return new Routing(routers, services, sinceMono);
    }

    private List<Child> untold(TraefikService service) {
        Composition composition = service.composition();
        return composition != null && ignored.test(service.name()) ? composition.children() : List.of();
    }

    private boolean same(List<TraefikService> services) {
        int next = 0;
        for (TraefikService service : services) {
            List<Child> untold = untold(service);
            if ((service.routers() > 0 || !untold.isEmpty())
                    && (next >= listed.size() || !listed.get(next++).is(service, untold))) {
                return false;
            }
        }
        return next == listed.size();
    }
}
