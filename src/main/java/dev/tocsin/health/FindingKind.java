package dev.tocsin.health;

/** What a finding warns of. Findings are warnings that are not (yet) outages. */
public enum FindingKind implements Named {
    SCRAPE_NEAR_TIMEOUT,
    UP_WITHOUT_SAMPLES,
    POOL_EMPTY,
    POOL_MISSING,
    DROPPED_SURGE,
    TARGETS_VANISHED,
    TARGET_CREATION_FAILED,
    RELOAD_FAILED,
    SCRAPE_LIMIT,
    OBSERVER_EXHAUSTED,
    CLOCK_SKEW,
    SERIES_PRESSURE,
    ROUTER_ERROR,
    SERVICE_WITHOUT_SERVERS,
    SERVICE_UNCHECKED,
    REPLICAS_DISAGREE,
    HEALTH_DATA_STARVED,
    CERTIFICATE_EXPIRING,
    CONFIGURATION_LOST,
    VANTAGES_DISAGREE,
    FLAPPING;

    /** Whether a correlator finds it, over all sources of a cluster, and not the table of one source. */
    public boolean ofCluster() {
        return this == VANTAGES_DISAGREE || this == FLAPPING || this == REPLICAS_DISAGREE;
    }
}
