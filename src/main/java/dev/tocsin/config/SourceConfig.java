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
 * @param hostHeader the Host that requests name in place of the url's; null for that
 * @param traefik what is said of a Traefik alone
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
        @Nullable String hostHeader,
        TraefikConfig traefik) {

    /** The root of the server that has the metrics. */
    public SourceConfig ofMetrics() {
        return at(traefik.metricsUrl());
    }

    /** The root of the server that answers the ping. */
    public SourceConfig ofPing() {
        return at(traefik.pingUrl());
    }

    /* What opens the door of the url's goes nowhere else. */
    private SourceConfig at(@Nullable URI elsewhere) {
        URI other = elsewhere == null ? url : elsewhere;
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
                same ? hostHeader : null,
                TraefikConfig.NONE);
    }
}
