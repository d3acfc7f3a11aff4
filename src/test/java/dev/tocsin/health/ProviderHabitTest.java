package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Health.GoneWhy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For what each provider of a Traefik removes, by facts/traefik.md section 6. */
class ProviderHabitTest {
    @ParameterizedTest
    @CsvSource({
        "docker, CONTAINERS",
        "swarm, CONTAINERS",
        "kubernetes, ENDPOINTS",
        "kubernetescrd, ENDPOINTS",
        "kubernetesgateway, ENDPOINTS",
        "consulcatalog, CATALOGUE",
        "consulcatalog-eu, CATALOGUE",
        "ecs, TASKS",
        "file, WRITTEN",
        "consul, WRITTEN",
        "redis, WRITTEN",
        "http, WRITTEN"
    })
    void aProviderLeavesOutWhoIsSickOrWhoeverSomebodyRemoved(String provider, ProviderHabit habit) {
        assertThat(ProviderHabit.of(provider)).isEqualTo(habit);
        assertThat(habit.leavesOutTheSick()).isEqualTo(habit != ProviderHabit.WRITTEN);
    }

    @Test
    void whoLeftSaysForWhatItsProviderRemoves() {
        assertThat(GoneRule.LEFT_DISCOVERY.health(SourceKind.TRAEFIK, "docker"))
                .isEqualTo(new Health.Gone(
                        GoneWhy.LEFT_DISCOVERY,
                        "docker leaves out a container that is not running, or not healthy (also while it starts)"));
        assertThat(GoneRule.LEFT_DISCOVERY.health(SourceKind.TRAEFIK, "file"))
                .isEqualTo(new Health.Gone(
                        GoneWhy.LEFT_DISCOVERY, "file lists what it is given, sick or not: somebody removed it there"));
        assertThat(GoneRule.LEFT_DISCOVERY.health(SourceKind.PROMETHEUS, "docker"))
                .isEqualTo(new Health.Gone(GoneWhy.LEFT_DISCOVERY));
        assertThat(GoneRule.POOL_REMOVED.health(SourceKind.TRAEFIK, "docker"))
                .isEqualTo(new Health.Gone(GoneWhy.CONFIGURATION_LOST));
    }
}
