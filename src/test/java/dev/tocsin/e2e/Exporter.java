package dev.tocsin.e2e;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One instance of a job, with a loopback port for each vantage so that one vantage can be cut off from it. Its ports
 * differ, its {@code instance} label is one.
 *
 * <p>Confined: the test's thread; what its event loops read is volatile or atomic.
 */
final class Exporter {
    private static final String PAGE = "# TYPE tocsin_test_value gauge\ntocsin_test_value 1\n";

    private final Vertx vertx;
    private final String instance;
    private final List<Door> doors = new ArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile Conduct conduct = new Conduct.Up();

    Exporter(Vertx vertx, String instance, int vantages) {
        this.vertx = vertx;
        this.instance = instance;
        for (int i = 0; i < vantages; i++) {
            doors.add(new Door(Ports.free()));
        }
        settle();
    }

    /** The label that all vantages know it by, as {@code checkout-3:8080}. */
    String instance() {
        return instance;
    }

    /** Where that vantage reaches it. */
    String address(int vantage) {
        return "127.0.0.1:" + doors.get(vantage).port;
    }

    /** Requests taken and not answered yet. */
    int inFlight() {
        return inFlight.get();
    }

    void up() {
        become(new Conduct.Up());
    }

    void refuse() {
        become(new Conduct.Refuse());
    }

    void status(int code) {
        become(new Conduct.Status(code));
    }

    void hang() {
        become(new Conduct.Hang());
    }

    void become(Conduct next) {
        conduct = next;
        settle();
    }

    /** Closes or opens the way between that vantage and us; the others go on. */
    void cut(int vantage, boolean closed) {
        doors.get(vantage).cut = closed;
        settle();
    }

    private void settle() {
        for (Door door : doors) {
            boolean wanted = !door.cut && !(conduct instanceof Conduct.Refuse);
            if (wanted && door.server.isEmpty()) {
                var options = new HttpServerOptions().setHost("127.0.0.1").setPort(door.port);
                door.server = Optional.of(await(vertx.createHttpServer(options)
                        .requestHandler(this::answer)
                        .listen()));
            } else if (!wanted && door.server.isPresent()) {
                await(door.server.get().close());
                door.server = Optional.empty();
            }
        }
    }

    private void answer(HttpServerRequest request) {
        inFlight.incrementAndGet();
        /* Keep-alive would let a scraper go on through a closed door. */
        request.response().putHeader("Connection", "close").putHeader("Content-Type", "text/plain; version=0.0.4");
        request.response().closeHandler(closed -> inFlight.decrementAndGet());
        if (conduct instanceof Conduct.Status status) {
            request.response().setStatusCode(status.code()).end("no\n");
        } else if (conduct instanceof Conduct.Slow slow) {
            vertx.setTimer(slow.by().toMillis(), timer -> {
                if (!request.response().closed()) {
                    request.response().end(PAGE);
                }
            });
        } else if (conduct instanceof Conduct.Empty) {
            request.response().end("# nothing\n");
        } else if (!(conduct instanceof Conduct.Hang)) {
            request.response().end(PAGE);
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** The port of one vantage. Confined: the exporter. */
    private static final class Door {
        private final int port;
        private boolean cut;
        private Optional<HttpServer> server = Optional.empty();

        Door(int port) {
            this.port = port;
        }
    }
}
