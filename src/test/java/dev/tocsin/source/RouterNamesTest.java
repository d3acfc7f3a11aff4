package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The routers of a running Traefik, by its lists of services. */
class RouterNamesTest {
    private static final String THREE = "traefik/v3.7.9/rich/";

    @Test
    void theListsOfServicesNameTheRoutersOfBothProtocolsAndNotItsOwn() throws AnswerRefused {
        Set<String> names = new RouterNames().see(services());

        assertThat(names)
                .contains("checkout@file", "checkout-tls@file", "pg@file (tcp)", "users@file")
                .noneMatch(name -> name.endsWith("@internal"))
                .hasSize(47);
    }

    @Test
    void whileTheyAreTheSameTheyAreOneInstanceInWhateverOrder() throws AnswerRefused {
        RouterNames routers = new RouterNames();
        Set<String> first = routers.see(services());
        List<TraefikService> shuffled = new ArrayList<>(services());
        java.util.Collections.reverse(shuffled);

        assertThat(routers.see(services())).isSameAs(first);
        assertThat(routers.see(shuffled)).isSameAs(first);
        assertThat(routers.see(shuffled.subList(1, shuffled.size()))).isNotEqualTo(first);
        assertThat(routers.see(List.of())).isEmpty();
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
