package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Routing;
import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The routers of a running Traefik, by its lists of services. */
class RoutersTest {
    private static final String THREE = "traefik/v3.7.9/rich/";
    private static final Predicate<String> NONE = name -> false;

    @Test
    void theListsOfServicesNameTheRoutersOfBothProtocolsAndNotItsOwn() throws AnswerRefused {
        Set<String> names = new Routers(NONE).see(services(), 0).routers();

        assertThat(names)
                .contains("checkout@file", "checkout-tls@file", "pg@file (tcp)", "users@file")
                .noneMatch(name -> name.endsWith("@internal"))
                .hasSize(47);
    }

    @Test
    void whileTheyAreTheSameTheyAreOneInstanceInWhateverOrder() throws AnswerRefused {
        Routers routers = new Routers(NONE);
        Routing first = routers.see(services(), 0);
        List<TraefikService> shuffled = new ArrayList<>(services());
        java.util.Collections.reverse(shuffled);

        assertThat(routers.see(services(), 0)).isSameAs(first);
        assertThat(routers.see(shuffled, 0)).isSameAs(first);
        assertThat(routers.see(shuffled.subList(1, shuffled.size()), 0)).isNotEqualTo(first);
        assertThat(routers.see(List.of(), 0).routers()).isEmpty();
    }

    @Test
    void aReloadIsAnotherOfTheSameNames() throws AnswerRefused {
        Routers routers = new Routers(NONE);
        Routing first = routers.see(services(), 5);

        Routing after = routers.see(services(), 7);

        assertThat(after.sinceMono()).isEqualTo(7);
        assertThat(after.routers()).isSameAs(first.routers());
        assertThat(after.services()).isEqualTo(first.services());
    }

    @Test
    void theNamesStayOneInstanceWhenARouterLeadsElsewhere() throws AnswerRefused {
        Routers routers = new Routers(NONE);
        Routing first = routers.see(services(), 0);
        List<TraefikService> moved = new ArrayList<>();
        for (TraefikService service : services()) {
            moved.add(service.name().equals("payments@file") ? named(service, "other@file") : service);
        }

        Routing after = routers.see(moved, 0);

        assertThat(after.routers()).isSameAs(first.routers());
        assertThat(after.services()).contains("other@file").doesNotContain("payments@file");
    }

    @Test
    void aServiceIsLedToByItsRoutersAndByAParentOfWhichNothingIsTold() throws AnswerRefused {
        List<TraefikService> withoutRouters = new ArrayList<>();
        for (TraefikService service : services()) {
            withoutRouters.add(service.name().equals("catalog@file") ? unrouted(service) : service);
        }

        Routing told = new Routers(NONE).see(withoutRouters, 0);
        Routing untold = new Routers("catalog-shadow@file"::equals).see(withoutRouters, 0);

        assertThat(told.services()).contains("catalog-shadow@file").doesNotContain("catalog@file");
        assertThat(untold.services()).contains("catalog@file");
    }

    private static TraefikService unrouted(TraefikService of) {
        return as(of, of.name(), List.of());
    }

    private static TraefikService named(TraefikService of, String name) {
        return as(of, name, of.usedBy());
    }

    private static TraefikService as(TraefikService of, String name, List<String> usedBy) {
        return new TraefikService(
                of.protocol(),
                name,
                of.provider(),
                of.error(),
                of.balancer(),
                of.check(),
                of.servers(),
                of.composition(),
                usedBy);
    }

    private static List<TraefikService> services() throws AnswerRefused {
        List<TraefikService> services = new ArrayList<>();
        for (Protocol protocol : List.of(Protocol.HTTP, Protocol.TCP)) {
            services.addAll(Fixtures.decode(
                    TraefikAnswers.services(protocol, SourceLimits.DEFAULT, new TraefikMemo()),
                    Fixtures.bytes(THREE + protocol.text() + "-services.json")));
        }
        return services;
    }
}
