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
        Map<String, String> externalLabels) {}
