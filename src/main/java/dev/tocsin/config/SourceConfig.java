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
        @Nullable String hostHeader) {
    private static final String METRICS = "/metrics";

    /** Of a source that is asked as its url says, for all. */
    public SourceConfig(
            Source source,
            URI url,
            Duration interval,
            Duration timeout,
            Credentials credentials,
            TlsConfig tls,
            Map<String, SecretRef> headers,
            @Nullable URI proxy,
            Map<String, String> externalLabels) {
        this(source, url, interval, timeout, credentials, tls, headers, proxy, externalLabels, null, null);
    }

    /** The path of the metrics, at the server of {@link #ofMetrics}. */
    public String metricsPath() {
        return metricsUrl == null || metricsUrl.getRawPath().isEmpty() ? METRICS : metricsUrl.getRawPath();
    }

    /** The root of the server that has the metrics. What opens the door of the url's goes nowhere else. */
    public SourceConfig ofMetrics() {
        URI at = metricsUrl == null ? url : metricsUrl;
        boolean same =
                at.getHost().equalsIgnoreCase(url.getHost()) && at.getScheme().equalsIgnoreCase(url.getScheme());
        return new SourceConfig(
                source,
                URI.create(at.getScheme() + "://" + at.getRawAuthority()),
                interval,
                timeout,
                same ? credentials : new Credentials.None(),
                tls,
                same ? headers : Map.of(),
                proxy,
                externalLabels,
                null,
                same ? hostHeader : null);
    }
}
