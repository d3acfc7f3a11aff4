package dev.tocsin.health;

import java.util.List;

/** For what a provider of a Traefik takes a server, or with its last one a service, from the configuration. */
public enum ProviderHabit {
    CONTAINERS("leaves out a container that is not running, or not healthy (also while it starts)", "docker", "swarm"),
    ENDPOINTS("leaves out an endpoint that does not serve: its pod is not ready, or ended", "kubernetes"),
    CATALOGUE("leaves out an instance whose checks are neither passing nor warning", "consulcatalog"),
    TASKS("leaves out a task that is UNHEALTHY, or has ended", "ecs"),
    /** It lists what somebody wrote there, sick or not. */
    WRITTEN("lists what it is given, sick or not: somebody removed it there");

    private final String habit;
    private final List<String> names;

    ProviderHabit(String habit, String... names) {
        this.habit = habit;
        this.names = List.of(names);
    }

    /** @param provider as {@code docker} or, of several kinds and namespaces, {@code kubernetescrd} */
    public static ProviderHabit of(String provider) {
        for (ProviderHabit each : values()) {
            if (each.names.stream().anyMatch(provider::startsWith)) {
                return each;
            }
        }
        return WRITTEN;
    }

    public boolean leavesOutTheSick() {
        return this != WRITTEN;
    }

    /** What the provider does, for people. */
    String text(String provider) {
        return provider + " " + habit;
    }
}
