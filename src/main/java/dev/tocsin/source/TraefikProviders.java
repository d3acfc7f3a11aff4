package dev.tocsin.source;

import dev.tocsin.health.ProviderHabit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The providers that a Traefik still has a configuration of, as its lists showed them. Confined: the asker of one source.
 *
 * <p>Some providers leave out what is sick, and with the last server of a service the service itself (facts/traefik.md
 * section 6). When that was their only one, nobody has lost a configuration: a service has left.
 */
final class TraefikProviders {
    private Map<String, Integer> services = Map.of();
    private final Set<String> without = new TreeSet<>();

    /** Those of the list, and those whose only service has left before it. */
    List<String> see(List<TraefikService> list) {
        Map<String, Integer> now = new HashMap<>();
        for (TraefikService service : list) {
            if (!service.internal()) {
                now.merge(service.provider(), 1, Integer::sum);
            }
        }
        services.forEach((provider, count) -> {
            if (count == 1 && ProviderHabit.of(provider).leavesOutTheSick()) {
                without.add(provider);
            }
        });
        without.removeAll(now.keySet());
        services = now;
        Set<String> there = new TreeSet<>(now.keySet());
        there.addAll(without);
        return List.copyOf(there);
    }

    /** Another process: what its lists lack has not left them. */
    void clear() {
        services = Map.of();
        without.clear();
    }
}
