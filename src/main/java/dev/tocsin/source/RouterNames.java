package dev.tocsin.source;

import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of the routers of one Traefik: the same instance while they are the same. Confined: the asker of the source. */
final class RouterNames {
    private static final int LENGTH_MAX = 200;

    /* As they are listed: an answer in which nothing changed is walked along. */
    private List<String> listed = List.of();
    private Set<String> names = Set.of();

    Set<String> see(List<TraefikService> services) {
        if (!same(services)) {
            List<String> now = new ArrayList<>();
            Set<String> shown = new HashSet<>();
            for (TraefikService service : services) {
                for (String router : service.usedBy()) {
                    now.add(router);
                    String name = CleanText.of(router, LENGTH_MAX);
                    shown.add(service.protocol() == Protocol.HTTP ? name : name + " (tcp)");
                }
            }
            listed = now;
            names = names.equals(shown) ? names : Set.copyOf(shown);
        }
        return names;
    }

    private boolean same(List<TraefikService> services) {
        int next = 0;
        for (TraefikService service : services) {
            for (String router : service.usedBy()) {
                if (next >= listed.size() || !listed.get(next++).equals(router)) {
                    return false;
                }
            }
        }
        return next == listed.size();
    }
}
