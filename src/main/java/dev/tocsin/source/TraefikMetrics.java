package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Traefik exports of its configuration and of its checks. Immutable.
 *
 * @param reloads how often it took a new configuration since its process started: the epoch of all statuses, as each
 *     reload makes every server up until its next check
 * @param lastReloadSeconds when it did so last, in seconds of the epoch 1970 by its clock, whole; 0 when not told
 * @param gauges by service, then by URL ({@link ServerUrl}): what the last check found. They outlive reloads, checks and
 *     servers, so alone they prove nothing
 */
public record TraefikMetrics(long reloads, long lastReloadSeconds, Map<String, Map<String, Boolean>> gauges) {
    private static final String RELOADS = "traefik_config_reloads_total";
    private static final String LAST_RELOAD = "traefik_config_last_reload_success";
    private static final String SERVER_UP = "traefik_service_server_up";
    private static final Set<String> WANTED = Set.of(RELOADS, LAST_RELOAD, SERVER_UP);
    /* v3.0.0 to v3.1.0 say a hash of the URL where the service should stand: such series are found by their URL. */
    private static final String ANY_SERVICE = "";

    static boolean wanted(String metric) {
        return WANTED.contains(metric);
    }

    static boolean ofReloads(String metric) {
        return metric.equals(RELOADS) || metric.equals(LAST_RELOAD);
    }

    static TraefikMetrics of(SelfMetrics page, TraefikMemo memo) throws AnswerRefused {
        OptionalDouble reloads = page.value(RELOADS);
        if (reloads.isEmpty()) {
            throw new AnswerRefused(Why.MALFORMED, "metrics: no " + RELOADS + ", wanted the metrics of a Traefik");
        }
        Map<String, Map<String, Boolean>> gauges = new HashMap<>();
        for (Sample sample : page.of(SERVER_UP)) {
            String service = sample.label("service");
            gauges.computeIfAbsent(
                            service.contains("@") ? memo.gaugeNames.of(service) : ANY_SERVICE, key -> new HashMap<>())
                    .merge(memo.gaugeUrls.of(sample.label("url")), sample.value() > 0, Boolean::logicalAnd);
        }
        long last = (long) page.value(LAST_RELOAD).orElse(0);
        return new TraefikMetrics((long) reloads.getAsDouble(), last, gauges);
    }

    /** What the last check of that server found; null when there is no such series. */
    @Nullable
    Boolean gauge(TraefikService service, String url) {
        Map<String, Boolean> own = gauges.get(service.name());
        Boolean up = own == null ? null : own.get(url);
        Map<String, Boolean> hashed = gauges.getOrDefault(ANY_SERVICE, Map.of());
        return up != null ? up : hashed.get(url);
    }

    /** Whether it has any: an operator may have turned them off. */
    boolean hasGauges() {
        return !gauges.isEmpty();
    }
}
