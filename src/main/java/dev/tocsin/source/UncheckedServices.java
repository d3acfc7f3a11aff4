package dev.tocsin.source;

import dev.tocsin.health.FindingKind;
import dev.tocsin.health.PollResult.Warning;
import dev.tocsin.health.ProviderHabit;
import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The services of a Traefik whose servers may die unseen: clients are led to them, and nobody checks them. Pure. */
final class UncheckedServices {
    /* Where more of a provider are so, it is how things are done there, and one line says it. */
    static final int NAMED_MAX = 20;
    private static final int UDP_NAMED_MAX = 5;

    private UncheckedServices() {}

    /** @param two whether it is a v2, which ignores a check without a path */
    static List<Warning> of(List<TraefikService> services, LedTo led, boolean two) {
        Map<String, List<TraefikService>> byProvider = new TreeMap<>();
        for (TraefikService service : services) {
            if (!checked(service, two)
                    && serves(service, led)
                    && !ProviderHabit.of(service.provider()).leavesOutTheSick()) {
                byProvider
                        .computeIfAbsent(service.provider(), key -> new ArrayList<>())
                        .add(service);
            }
        }
        List<Warning> warnings = new ArrayList<>();
        byProvider.forEach((provider, of) -> {
            if (of.size() > NAMED_MAX) {
                warnings.add(
                        warning("provider", provider, "more than " + NAMED_MAX + " of its services have no check"));
            } else {
                of.forEach(service -> warnings.add(warning("service", service.name(), why(service))));
            }
        });
        return warnings;
    }

    /** One for all of UDP: Traefik has no checks of it, so it is no news of each. */
    static List<Warning> ofUdp(List<TraefikService> udp, LedTo led) {
        List<String> names = udp.stream()
                .filter(service -> serves(service, led))
                .map(TraefikService::name)
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        String some = String.join(", ", names.subList(0, Math.min(UDP_NAMED_MAX, names.size())));
        return List.of(warning(
                "protocol",
                Protocol.UDP.text(),
                names.size() + (names.size() == 1 ? " service" : " services") + " of UDP (" + some
                        + (names.size() > UDP_NAMED_MAX ? " ..." : "") + "), of which Traefik has no checks"));
    }

    private static Warning warning(String what, String name, String why) {
        return new Warning(
                FindingKind.SERVICE_UNCHECKED, Map.of(what, name), why + ": a server that dies is not seen here");
    }

    private static String why(TraefikService service) {
        return service.check() == null ? "it has no check" : "its check has no path, so v2 ignores it";
    }

    private static boolean serves(TraefikService service, LedTo led) {
        return !service.internal()
                && service.error() == null
                && led.contains(service)
                && service.servers().stream().anyMatch(server -> !server.fenced());
    }

    /* Before 3.6 there are no checks of TCP: nobody can mend that. */
    private static boolean checked(TraefikService service, boolean two) {
        boolean possible = service.protocol() == Protocol.HTTP
                || service.servers().stream().anyMatch(server -> server.up() != null);
        return !possible || service.check() != null && (service.check().pathGiven() || !two);
    }
}
