package dev.tocsin.sim;

import dev.tocsin.bus.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The port of one simulated server on 127.0.0.1: open while its process lives. Confined: the fleet's event loop. */
final class Door implements AutoCloseable {
    private static final long AGAIN_MILLIS = 250; // whoever got no answer yet is looked at again
    private static final int IDLE_SECONDS_MAX = 300;

    private final Vertx vertx;
    private final Server server;
    private final Clock clock;
    private final LongSupplier now;
    /* Bound and never listening: connections are refused while the server is down, and nobody else is given the port. */
    private final Socket reserved;
    private @Nullable HttpServer http;

    /** @param now on the fleet's clock, in milliseconds */
    Door(Vertx vertx, Server server, Clock clock, LongSupplier now) throws IOException {
        this.vertx = vertx;
        this.server = server;
        this.clock = clock;
        this.now = now;
        this.reserved = new Socket();
        reserved.setReuseAddress(true);
        reserved.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + reserved.getLocalPort());
    }

    /** What it is asked most. */
    String usualPath() {
        return server.usualPath();
    }

    /** Opens or closes it, as the server's process now lives or not. */
    Future<Void> follow() {
        if (server.listens() && http == null) {
            HttpServer opened = vertx.createHttpServer(new HttpServerOptions()
                            .setReuseAddress(true)
                            .setCompressionSupported(true)
                            .setIdleTimeout(IDLE_SECONDS_MAX))
                    .requestHandler(this::answer);
            http = opened;
            return opened.listen(reserved.getLocalPort(), "127.0.0.1").mapEmpty();
        } else if (!server.listens() && http != null) {
            HttpServer closed = http;
            http = null;
            return closed.close();
        }
        return Future.succeededFuture();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (request.method() != HttpMethod.GET) {
            response.setStatusCode(405).end("Method Not Allowed\n");
            return;
        }
        Reply reply = server.answer(asked(request), now.getAsLong());
        if (reply instanceof Reply.NotYet) {
            vertx.setTimer(clock.machineMillis(AGAIN_MILLIS), timer -> answer(request));
        } else if (reply instanceof Reply.Answer answer) {
            response.setStatusCode(answer.status())
                    .putHeader("Content-Type", answer.type())
                    .putHeader("Date", date(server.clock(now.getAsLong())));
            answer.headers().forEach(response::putHeader);
            response.end(answer.body());
        } else {
            request.connection().close();
        }
    }

    private static Asked asked(HttpServerRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        request.params().forEach(parameter -> parameters.putIfAbsent(parameter.getKey(), parameter.getValue()));
        return new Asked(request.path(), parameters);
    }

    private static String date(long millis) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    @Override
    public void close() throws IOException {
        reserved.close();
    }
}
