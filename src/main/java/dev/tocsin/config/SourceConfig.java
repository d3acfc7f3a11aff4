package dev.tocsin.config;

import dev.tocsin.health.Source;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source to poll. Immutable.
 *
 * @param url base, with a path prefix where there is one; without user info, query and trailing slash
 * @param interval how often we ask
 * @param timeout absolute deadline of one poll, at most the interval
 * @param headers more request headers
 * @param proxy URL of a forward proxy; null for none
 * @param externalLabels added to every target of this source
 * @param metricsUrl of a Traefik's metrics, with its path; null for {@code /metrics} of the url's server
 * @param pingUrl of a Traefik's ping, with its path; null when it is not to be asked
 * @param hostHeader the Host that requests name in place of the url's; null for that
 */
public record SourceConfig(
        Source source,
        URI url,
        Duration interval,
        Duration timeout,
        Credentials credentials,
        TlsConfig tls,
        Map<String, SecretRef> headers,
        @Nullable URI proxy,
        Map<String, String> externalLabels,
        @Nullable URI metricsUrl,
        @Nullable URI pingUrl,
        @Nullable String hostHeader) {
    private static final String METRICS = "/metrics";
    private static final String PING = "/ping";

    /** The path of the metrics, at the server of {@link #ofMetrics}. */
    public String metricsPath() {
        return path(metricsUrl, METRICS);
    }

    /** The path of the ping, at the server of {@link #ofPing}. */
    public String pingPath() {
        return path(pingUrl, PING);
    }

    private static String path(@Nullable URI at, String standard) {
        return at == null || at.getRawPath().isEmpty() ? standard : at.getRawPath();
    }

    /** The root of the server that has the metrics. */
    public SourceConfig ofMetrics() {
        return at(metricsUrl == null ? url : metricsUrl);
    }

    /** The root of the server that answers the ping. */
    public SourceConfig ofPing() {
        return at(pingUrl == null ? url : pingUrl);
    }

    /* What opens the door of the url's goes nowhere else. */
    private SourceConfig at(URI other) {
        boolean same = other.getHost().equalsIgnoreCase(url.getHost())
                && other.getScheme().equalsIgnoreCase(url.getScheme());
        return new SourceConfig(
                source,
                URI.create(other.getScheme() + "://" + other.getRawAuthority()),
                interval,
                timeout,
                same ? credentials : new Credentials.None(),
                tls,
                same ? headers : Map.of(),
                proxy,
                externalLabels,
                null,
                null,
                same ? hostHeader : null);
    }
}
