package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.UrlRedactor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The connections to one source, with its credentials and limits. Confined: the event loop of its poller. */
final class SourceClient implements Fetch.Line {
    /* The default of 8 KiB costs a quarter more CPU a target: measured. */
    static final int CHUNK_BYTES = 64 << 10;

    private static final int HEADER_BYTES_MAX = 8 << 10;
    private static final int STATUS_LINE_BYTES_MAX = 4 << 10;
    /* One request is in flight; a second connection, so that one that hangs while it is made bars no other. */
    private static final int CONNECTIONS_MAX = 2;
    private static final int WAITING_MAX = 4;

    private final Vertx vertx;
    private final SourceConfig config;
    private final Clock clock;
    private final KeyRing keys;
    private final HttpClient http;
    private @Nullable Access lasting;
    private long connects;

    SourceClient(Vertx vertx, SourceConfig config, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.keys = new KeyRing(config);
        HttpClientOptions options = new HttpClientOptions()
                .setDecompressionSupported(true)
                .setMaxChunkSize(CHUNK_BYTES)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxInitialLineLength(STATUS_LINE_BYTES_MAX)
                .setKeepAliveTimeout((int) (2 * config.interval().toSeconds() + 60))
                .setVerifyHost(!config.tls().insecureSkipVerify())
                .setForceSni(keys.serverName() != null);
        this.http = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX))
                .withConnectHandler(connection -> {
                    connects++;
                    /* The request fails too; without this Vert.x logs each as an error of ours. */
                    connection.exceptionHandler(e -> {});
                })
                .build();
    }

    /** Asks; the future never fails. */
    <T> Future<Fetched<T>> ask(Question<T> question) {
        return Fetch.of(vertx, clock, this, question);
    }

    Future<Void> close() {
        return http.close();
    }

    @Override
    public long connects() {
        return connects;
    }

    @Override
    public Future<HttpClientRequest> request(String path, long connectMillisMax) {
        return access().compose(access -> http.request(options(path, connectMillisMax, access)))
                .map(request -> {
                    request.authority(authority());
                    return request;
                });
    }

    private HostAndPort authority() {
        URI url = config.url();
        return config.hostHeader() == null
                ? HostAndPort.authority(url.getHost(), url.getPort())
                : HostAndPort.parseAuthority(config.hostHeader(), -1);
    }

    private Future<Access> access() {
        if (lasting != null) {
            return Future.succeededFuture(lasting);
        }
        return vertx.executeBlocking(keys::read, false)
                .onSuccess(access -> lasting = keys.hasFiles() ? null : access)
                .recover(e -> Future.failedFuture(new KeysMissing(String.valueOf(e.getMessage()))));
    }

    private RequestOptions options(String path, long connectMillisMax, Access access) {
        URI url = config.url();
        boolean secure = access.tls() != null;
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        String host = bare(url.getHost());
        RequestOptions options = new RequestOptions()
                .setHost(host)
                .setPort(port)
                .setSsl(secure)
                .setURI(url.getRawPath() + path)
                .setFollowRedirects(false)
                .setConnectTimeout(connectMillisMax);
        options.putHeader("User-Agent", "tocsin").putHeader("Accept", "application/json");
        if (secure) {
            options.setSslOptions(access.tls());
        }
        if (keys.serverName() != null) {
            options.setServer(SocketAddress.inetSocketAddress(port, host)).setHost(keys.serverName());
        }
        if (config.proxy() != null) {
            options.setProxyOptions(proxy(config.proxy()));
        }
        access.headers().forEach(options::putHeader);
        return options;
    }

    private static ProxyOptions proxy(URI url) {
        ProxyOptions options = new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(bare(url.getHost()))
                .setPort(url.getPort() >= 0 ? url.getPort() : 80);
        String user = url.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            options.setUsername(colon < 0 ? user : user.substring(0, colon))
                    .setPassword(colon < 0 ? "" : user.substring(colon + 1));
        }
        return options;
    }

    /** An IPv6 address stands in brackets in a URL, and nowhere else. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public <T> Exchange.Refused<T> refused(HttpClientResponse response, Buffer bodyStart) {
        Instant now = clock.now().wall();
        String type = response.getHeader("Content-Type");
        return new Exchange.Refused<>(
                response.statusCode(),
                "true".equalsIgnoreCase(response.getHeader("X-Prometheus-Stopping")),
                RetryAfter.of(response.getHeader("Retry-After"), now, config.interval()),
                type == null ? "" : Failure.clean(type),
                UrlRedactor.redactText(bodyStart.toString(StandardCharsets.UTF_8)),
                response.getHeader("Location"));
    }
}
