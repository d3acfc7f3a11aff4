package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.List;

/** The services of one answer, as many as we take. Confined: its decoder. */
final class ServiceList {
    private final Protocol protocol;
    private final int max;
    private final List<TraefikService> services = new ArrayList<>();
    private int servers;
    private int routers;

    /** @param max of services, of their servers and children, and of the routers that lead to them */
    ServiceList(Protocol protocol, int max) {
        this.protocol = protocol;
        this.max = max;
    }

    /** The one that comes next, for people: {@code service 7}. */
    String next() {
        return "service " + (services.size() + 1);
    }

    /** Takes the one that is complete. */
    void add(TraefikServiceDraft draft) throws AnswerRefused {
        String missing = draft.missing();
        if (missing != null) {
            throw new AnswerRefused(Why.MALFORMED, next() + " has no " + missing + ": not the answer of a Traefik?");
        }
        if (draft.overlong()) {
            throw new AnswerRefused(Why.LIMIT, next() + " has an overlong name");
        }
        TraefikService service = draft.service(protocol);
        Composition composition = service.composition();
        servers += service.servers().size()
                + (composition == null ? 0 : composition.children().size());
        routers += service.routers();
        if (servers > max || routers > max || services.size() >= max) {
            throw new AnswerRefused(Why.LIMIT, "more than " + max + " servers, services or routers");
        }
        services.add(service);
    }

    List<TraefikService> all() {
        return List.copyOf(services);
    }
}
