package dev.tocsin.poll;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers each path with a script of raw bytes. Thread-safe: concurrent collections; scripts run on the
 * event loop of their connection.
 */
final class ScriptedServer {
    private final Vertx vertx;
    private final NetServer server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What is done to a connection on which one request has come in. */
    @FunctionalInterface
    interface Script {
        void play(Vertx vertx, NetSocket socket);
    }

    private ScriptedServer(Vertx vertx, NetServerOptions options) {
        this.vertx = vertx;
        this.server = vertx.createNetServer(options.setHost("127.0.0.1")).connectHandler(this::accept);
        healthy();
    }

    static ScriptedServer start(Vertx vertx) {
        return start(vertx, new NetServerOptions());
    }

    static ScriptedServer start(Vertx vertx, NetServerOptions options) {
        ScriptedServer scripted = new ScriptedServer(vertx, options);
        Future<NetServer> listening = scripted.server.listen();
        listening.toCompletionStage().toCompletableFuture().join();
        return scripted;
    }

    int port() {
        return server.actualPort();
    }

    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    int connectionsOpen() {
        return open.get();
    }

    int connectionsAccepted() {
        return accepted.get();
    }

    /** Heads of all requests so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    long requests(String path) {
        return requests.stream().filter(head -> path(head).equals(path)).count();
    }

    /** From now on requests of that path get this: with its query these alone, without one all that no other script has. */
    void answer(String path, Script script) {
        scripts.put(path, script);
    }

    /** Answers everything as a Prometheus with two targets does. */
    void healthy() {
        Answers.HEALTHY.forEach(scripts::put);
    }

    private void accept(NetSocket socket) {
        open.incrementAndGet();
        accepted.incrementAndGet();
        socket.closeHandler(v -> open.decrementAndGet());
        socket.exceptionHandler(e -> {});
        socket.handler(RecordParser.newDelimited("\r\n\r\n", head -> {
            requests.add(head.toString());
            Script any = scripts.getOrDefault(path(head.toString()), Answers.NOT_FOUND);
            scripts.getOrDefault(asked(head.toString()), any).play(vertx, socket);
        }));
    }

    private static String path(String head) {
        return asked(head).replaceFirst("\\?.*", "");
    }

    private static String asked(String head) {
        String[] words = head.split(" ", 3);
        return words.length < 2 ? "" : words[1].replaceFirst("^http://[^/]*", "");
    }
}
