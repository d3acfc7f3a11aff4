package dev.tocsin.poll;

import dev.tocsin.source.Tape;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers as a Traefik does. Thread-safe: concurrent lists. */
final class TraefikStub {
    private final HttpServer server;
    private final String scheme;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /**
     * What it was asked.
     *
     * @param credentials the header Authorization; "" when there is none
     * @param serverName the name that the TLS of the asker named; "" for none
     */
    record Asked(String path, String host, String credentials, String serverName) {}

    /**
     * What it answers.
     *
     * @param date the header Date
     * @param nextPage the header X-Next-Page, which each list has: 1 on the last page
     */
    record Answer(Tape.Reply reply, Instant date, int nextPage) {
        Answer(Tape.Reply reply, Instant date) {
            this(reply, date, 1);
        }
    }

    TraefikStub(Vertx vertx, Function<Asked, Answer> answers) {
        this(vertx, new HttpServerOptions(), answers);
    }

    TraefikStub(Vertx vertx, HttpServerOptions options, Function<Asked, Answer> answers) {
        this.scheme = options.isSsl() ? "https" : "http";
        this.server = vertx.createHttpServer(options).requestHandler(request -> {
            String credentials = request.getHeader("Authorization");
            Asked one = new Asked(
                    request.uri(),
                    String.valueOf(request.authority()),
                    credentials == null ? "" : credentials,
                    String.valueOf(request.connection().indicatedServerName()));
            asked.add(one);
            answer(request, answers.apply(one));
        });
        Future<HttpServer> listening = server.listen(0, "127.0.0.1");
        listening.toCompletionStage().toCompletableFuture().join();
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.actualPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private static void answer(HttpServerRequest request, Answer answer) {
        if (answer.reply().status() == 0) {
            request.connection().close();
            return;
        }
        request.response()
                .setStatusCode(answer.reply().status())
                .putHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                answer.date().atOffset(ZoneOffset.UTC)))
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("X-Next-Page", String.valueOf(answer.nextPage()))
                .end(answer.reply().body());
    }
}
