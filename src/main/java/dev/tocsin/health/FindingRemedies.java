package dev.tocsin.health;

/** What to do about a finding, one sentence each. */
final class FindingRemedies {
    private FindingRemedies() {}

    static String of(FindingKind kind) {
        return switch (kind) {
            case POOL_EMPTY -> "Discovery gives this pool no target: check its service discovery and relabelling.";
            case POOL_MISSING ->
                "The server no longer has this scrape pool: was its job removed on purpose, and did the"
                        + " pool's HTTP client load (see the server's log)?";
            case DROPPED_SURGE ->
                "Relabelling drops many more targets than before: check the last change of its rules"
                        + " and of the labels that discovery gives.";
            case TARGETS_VANISHED ->
                "Most of the job left discovery without replacement: check its deployment and the"
                        + " service discovery before you trust its silence.";
            case SCRAPE_LIMIT ->
                "The targets answer, but exceed a limit of the scrape configuration: raise the limit or"
                        + " shrink what they expose.";
            case OBSERVER_EXHAUSTED ->
                "The server itself cannot scrape: check its file descriptors, ports, memory and" + " credential files.";
            case CLOCK_SKEW -> "The server's clock and ours differ: check NTP on both.";
            case RELOAD_FAILED ->
                "The server still runs its old configuration: run promtool check config and read its" + " log.";
            case VANTAGES_DISAGREE ->
                "One of the servers cannot reach the target: compare the routes from each of them.";
            case FLAPPING -> "Look for a restart loop, a probe near its timeout, or two processes behind one address.";
            case ROUTER_ERROR ->
                "Correct the configuration of what is named: it does not serve, clients get 404 (or what another router"
                        + " says).";
            case SERVICE_UNCHECKED ->
                "Give it a healthCheck (loadBalancer.healthCheck, with a path; UDP has none: watch it otherwise): Traefik calls"
                        + " its servers UP for ever.";
            case SERVICE_WITHOUT_SERVERS ->
                "Its provider gives it no server: check its deployment, and the health of its containers or endpoints.";
            case HEALTH_DATA_STARVED ->
                "Find out what changes its configuration so often: nobody knows how its servers are until it rests for"
                        + " longer than the interval of the checks.";
            case CERTIFICATE_EXPIRING ->
                "Renew it, or find out why it was not renewed (ACME errors in Traefik's log): clients refuse it from then"
                        + " on.";
            case CONFIGURATION_LOST ->
                "Clients get 404: look at the provider (an empty or rejected file, no access) and at the ERR lines of"
                        + " Traefik's log.";
            case REPLICAS_DISAGREE ->
                "Compare its providers (files, access to their API) and the ERR lines of its log with those of its peers:"
                        + " clients get another answer from it.";
            case SCRAPE_NEAR_TIMEOUT, UP_WITHOUT_SAMPLES, TARGET_CREATION_FAILED, SERIES_PRESSURE ->
                throw new IllegalArgumentException(kind + " is found by nobody yet");
        };
    }
}
