package dev.tocsin.join;

import dev.tocsin.health.Named;

/**
 * By what a target and a server are held to be one backend, the surest first. Closed: a new value is a new minor version
 * of the contract.
 */
public enum Rung implements Named {
    /** The operator says so. */
    MAPPING(Confidence.CERTAIN),
    /** The server is where the target is scraped. */
    HOST_PORT(Confidence.CERTAIN),
    /** The server is what the target probes. */
    PROBED_URL(Confidence.CERTAIN),
    /** They are alone on one host. */
    HOST(Confidence.INFERRED),
    /** The service is named after the target's namespace and service. */
    KUBERNETES(Confidence.INFERRED),
    /** The service and the job are on nearly the same hosts, and no other service or job is. */
    HOST_SET(Confidence.INFERRED);

    private final Confidence confidence;

    Rung(Confidence confidence) {
        this.confidence = confidence;
    }

    public Confidence confidence() {
        return confidence;
    }
}
