package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.source.TraefikService.Protocol;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider is lost when its configuration is, not when its last sick container is (facts/traefik.md section 6). */
class TraefikProvidersTest {
    private final TraefikProviders providers = new TraefikProviders();

    @ParameterizedTest
    @ValueSource(
            strings = {"docker", "swarm", "ecs", "kubernetes", "kubernetescrd", "kubernetesgateway", "consulcatalog"})
    void whereTheSickAreLeftOutTheLastServiceLeavesItsProviderThere(String provider) {
        providers.see(list("a@" + provider, "b@file"));

        assertThat(providers.see(list("b@file"))).containsExactlyInAnyOrder(provider, "file");
        assertThat(providers.see(list("b@file"))).as("for ever after").hasSize(2);
    }

    @Test
    void severalServicesThatLeaveAtOnceAreAProviderThatIsLost() {
        providers.see(list("a@docker", "b@docker", "c@file"));

        assertThat(providers.see(list("c@file"))).containsExactly("file");
    }

    @Test
    void aFileHasNoSickToLeaveOut() {
        providers.see(list("a@file", "b@docker"));

        assertThat(providers.see(list("b@docker"))).containsExactly("docker");
    }

    @Test
    void whatWasThereBeforeARestartIsNotKept() {
        providers.see(list("a@docker"));
        providers.see(list());
        providers.clear();

        assertThat(providers.see(list("api@internal"))).isEmpty();
    }

    private static List<TraefikService> list(String... names) {
        return Stream.of(names)
                .map(name -> new TraefikService(
                        Protocol.HTTP,
                        name,
                        name.substring(name.indexOf('@') + 1),
                        null,
                        true,
                        null,
                        List.of(),
                        null,
                        List.of(name)))
                .toList();
    }
}
