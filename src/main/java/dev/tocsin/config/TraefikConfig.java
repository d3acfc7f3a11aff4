package dev.tocsin.config;

import com.google.re2j.Pattern;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a Traefik alone. Immutable.
 *
 * @param metricsUrl of its metrics, with the path; null for {@code /metrics} of the url's server
 * @param pingUrl of its ping, with the path; null when it is not to be asked
 * @param ignored patterns of the whole names of services of which nothing is told
 */
public record TraefikConfig(
        @Nullable URI metricsUrl, @Nullable URI pingUrl, List<Pattern> ignored) {
    /** Of a Traefik that is asked as its url says, and of a Prometheus. */
    public static final TraefikConfig NONE = new TraefikConfig(null, null, List.of());

    private static final String METRICS = "/metrics";
    private static final String PING = "/ping";

    public TraefikConfig {
        ignored = List.copyOf(ignored);
    }

    /** The path of the metrics, at the server of {@link SourceConfig#ofMetrics}. */
    public String metricsPath() {
        return path(metricsUrl, METRICS);
    }

    /** The path of the ping, at the server of {@link SourceConfig#ofPing}. */
    public String pingPath() {
        return path(pingUrl, PING);
    }

    /** Whether nothing is to be told of that service: {@code name@provider}. */
    public boolean ignores(String service) {
        return ignored.stream().anyMatch(each -> each.matcher(service).matches());
    }

    private static String path(@Nullable URI at, String standard) {
        return at == null || at.getRawPath().isEmpty() ? standard : at.getRawPath();
    }
}
