package dev.tocsin.source;

import org.jspecify.annotations.Nullable;

/**
 * What is to be believed of a server behind Traefik, with the reason. Pure.
 *
 * <p>A reload makes every server UP in the API before any check, and leaves the gauges as they were; without a check the
 * API says UP for ever (facts/traefik.md sections 0 and 2). So DOWN is believed at once, and UP when a check must have
 * run since the last reload.
 */
enum ServerRule {
    /** Nobody checks it: there is no check, or none that runs. */
    UNCHECKED,
    /** It is on its way out: no more clients are led to it, so how it is says nothing of its service. */
    FENCED,
    /** A check failed since the last reload. */
    API_DOWN,
    /** The last check failed; that the API says UP is the reload's doing, or a passive ejection. */
    GAUGE_DOWN,
    /** The gauge changed: a check has just succeeded, and none has failed since. */
    GAUGE_ROSE,
    /** It has been UP for longer than a check may take to find out. */
    UP_OUTLIVED,
    /** It says UP, and nothing is behind it yet. */
    UNPROVEN;

    /** A reload counts before its configuration is in force: 0.55 s before with 5,000 services, 2 s for all of it. */
    static final long BUILD_MILLIS = 2_000;

    /**
     * What is known of one server. Immutable.
     *
     * @param fenced as {@link TraefikService.Server#fenced}
     * @param checked whether an active check is configured that this version runs
     * @param api what {@code serverStatus} says; null when it is not there: then no check runs
     * @param gauge what the last check found; null when there is no such series
     * @param gaugesTold whether each check that has run leaves a gauge that we could read
     * @param rose whether the gauge changed from 0 or nothing to 1 since the last reload, and has not fallen
     * @param upMillis how long the API has said UP without a reload
     * @param waitMillis {@link #waitMillis}
     */
    record Evidence(
            boolean fenced,
            boolean checked,
            @Nullable Boolean api,
            @Nullable Boolean gauge,
            boolean gaugesTold,
            boolean rose,
            long upMillis,
            long waitMillis) {
        boolean settled() {
            return upMillis >= waitMillis;
        }
    }

    static ServerRule judge(Evidence seen) {
        if (seen.fenced) {
            return FENCED;
        } else if (!seen.checked || seen.api == null) {
            return UNCHECKED;
        } else if (!seen.api) {
            return API_DOWN;
        } else if (Boolean.FALSE.equals(seen.gauge)) {
            return GAUGE_DOWN;
        } else if (seen.rose) {
            return GAUGE_ROSE;
        }
        return seen.settled() && (seen.gauge != null || !seen.gaugesTold) ? UP_OUTLIVED : UNPROVEN;
    }

    /** How long a server may be UP after a reload that no check has found out about: they run one after another. */
    static long waitMillis(TraefikService.Check check, int servers) {
        return check.intervalMillis() + (long) check.timeoutMillis() * servers + BUILD_MILLIS;
    }
}
