package dev.tocsin.poll;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Moment;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One GET on its way, from name resolution to the last byte. Confined: the event loop of its poller. Used once.
 *
 * <p>It ends once, as a value, whatever the server does; a connection whose answer was not read to its end is closed.
 */
final class Fetch<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);

    /* Each list of a Traefik says which page comes next; after the last it is the first. */
    private static final String FIRST_PAGE = "1";

    private static final int BODY_START_MAX = 1 << 10;

    /* Decoders do not keep what they are fed: one array serves all fetches of an event loop. */
    private static final ThreadLocal<byte[]> SCRATCH =
            ThreadLocal.withInitial(() -> new byte[SourceClient.CHUNK_BYTES]);

    private final Vertx vertx;
    private final Clock clock;
    private final Line line;
    private final Question<T> question;
    private final Promise<Fetched<T>> ended = Promise.promise();
    private final Moment started;
    private final long timer;
    private @Nullable HttpClientRequest request;
    private @Nullable Supplier<Exchange<T>> refusal;
    private int attempts;
    private boolean done;
    private boolean answering;
    private long bytes;

    /** What a fetch asks over: the connections of one source. */
    interface Line {
        Future<HttpClientRequest> request(String path, long connectMillisMax);

        /** Connections made so far. */
        long connects();

        /** What is not a 200, told from its head. */
        <T> Exchange.Refused<T> refused(HttpClientResponse response, Buffer bodyStart);
    }

    private Fetch(Vertx vertx, Clock clock, Line line, Question<T> question) {
        this.vertx = vertx;
        this.clock = clock;
        this.started = clock.now();
        this.line = line;
        this.question = question;
        /* WebClient's and the request's own timeouts do not fire once headers have arrived: measured on 5.1.6. */
        this.timer = vertx.setTimer(clock.machineMillis(question.deadline().toMillis()), t -> end(late()));
    }

    /** Asks; the future never fails. */
    static <T> Future<Fetched<T>> of(Vertx vertx, Clock clock, Line line, Question<T> question) {
        Fetch<T> fetch = new Fetch<>(vertx, clock, line, question);
        fetch.attempt();
        return fetch.ended.future();
    }

    private void attempt() {
        if (done) {
            return;
        }
        int number = ++attempts;
        long connects = line.connects();
        long left = clock.machineMillis(question.deadline().toMillis() - millis());
        line.request(question.path(), left)
                .compose(sent -> {
                    request = sent;
                    /* Before the reset: without a handler Vert.x logs the reset as an error. */
                    sent.exceptionHandler(e -> broke(e, number, connects));
                    if (done) {
                        sent.reset();
                        return Future.failedFuture("too late");
                    }
                    return sent.send();
                })
                .onComplete(this::head, e -> broke(e, number, connects));
    }

    /* A server closes idle connections whenever it likes, also while our request is on its way. That says nothing about
     * the server, so we ask again until the failure is that of a connection of its own. */
    private void broke(Throwable failure, int attempt, long connectsBefore) {
        if (done || attempt != attempts) {
            return;
        }
        boolean kept = line.connects() == connectsBefore;
        if (kept && request != null && !answering && Failure.closed(failure)) {
            request = null;
            attempts++;
            /* A tick later the dead connection has left the pool. */
            vertx.runOnContext(v -> attempt());
        } else {
            end(Failure.of(failure, answering, bytes));
        }
    }

    private void head(HttpClientResponse response) {
        if (done) {
            return;
        }
        answering = true;
        response.exceptionHandler(e -> guarded(() -> end(Failure.of(e, true, bytes))));
        if (response.statusCode() != 200) {
            refused(response);
            return;
        }
        Exchange.Failed<T> unusable = unusable(response);
        if (unusable != null) {
            end(unusable);
        } else {
            response.handler(chunk -> guarded(() -> feed(chunk)));
            response.endHandler(v -> guarded(() -> finish(response)));
        }
    }

    /** Why a body is not worth reading; null when it is. */
    private Exchange.@Nullable Failed<T> unusable(HttpClientResponse response) {
        String type = String.valueOf(response.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        String encoding = response.getHeader("Content-Encoding");
        String nextPage = response.getHeader("X-Next-Page");
        if (type.startsWith("text/html")) {
            return new Exchange.Failed<>(Why.NOT_JSON, question.shown() + ": got text/html, a login page?");
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return malformed("Content-Encoding " + Failure.clean(encoding) + ", want gzip, deflate or none");
        } else if (nextPage != null && !nextPage.equals(FIRST_PAGE)) {
            return malformed("a page of the list (X-Next-Page: " + Failure.clean(nextPage) + "), want all of it");
        }
        return null;
    }

    private Exchange.Failed<T> malformed(String gotAndWant) {
        return new Exchange.Failed<>(Why.MALFORMED, question.shown() + ": got " + gotAndWant);
    }

    private void feed(Buffer chunk) throws AnswerRefused {
        if (done) {
            return;
        }
        bytes += chunk.length();
        if (bytes > question.bytesMax()) {
            end(new Exchange.Failed<>(
                    Why.LIMIT, question.shown() + ": got more than " + question.bytesMax() + " bytes (limits.body)"));
            return;
        }
        byte[] scratch = SCRATCH.get();
        for (int from = 0; from < chunk.length(); from += scratch.length) {
            int to = Math.min(chunk.length(), from + scratch.length);
            chunk.getBytes(from, to, scratch);
            question.decoder().feed(scratch, 0, to - from);
        }
    }

    private void finish(HttpClientResponse response) throws AnswerRefused {
        if (done) {
            return;
        }
        T body = question.decoder().finish();
        end(new Exchange.Answered<>(body, RetryAfter.date(response.getHeader("Date"))), true);
    }

    private void refused(HttpClientResponse response) {
        Buffer start = Buffer.buffer();
        response.handler(chunk -> guarded(() -> {
            bytes += chunk.length();
            start.appendBuffer(chunk.slice(0, Math.min(chunk.length(), BODY_START_MAX - start.length())));
            if (start.length() >= BODY_START_MAX) {
                end(line.refused(response, start));
            }
        }));
        response.endHandler(v -> guarded(() -> end(line.refused(response, start), true)));
        /* The status is known: a body that hangs or breaks does not change what the server said. */
        refusal = () -> line.refused(response, start);
        response.exceptionHandler(e -> guarded(() -> end(line.refused(response, start))));
    }

    private Exchange<T> late() {
        if (refusal != null) {
            return refusal.get();
        }
        String phase =
                request == null ? "no connection" : answering ? "only " + bytes + " bytes of the body" : "no answer";
        return new Exchange.Failed<>(
                Why.TIMEOUT,
                question.shown() + ": " + phase + " within "
                        + question.deadline().toMillis() + " ms");
    }

    private void end(Exchange<T> exchange) {
        end(exchange, false);
    }

    private void end(Exchange<T> exchange, boolean whole) {
        if (done) {
            return;
        }
        done = true;
        vertx.cancelTimer(timer);
        if (!whole && request != null) {
            request.reset();
        }
        Fetched<T> fetched = new Fetched<>(exchange, bytes, millis());
        /* A tick later the connection is back in the pool, and serves the next question. */
        vertx.runOnContext(v -> ended.complete(fetched));
    }

    private long millis() {
        return clock.now().millisSince(started);
    }

    private interface Step {
        void run() throws AnswerRefused;
    }

    /* The one boundary where hostile bytes meet our code: a refusal is expected, anything else is a bug of ours, and
     * neither may reach the event loop. */
    private void guarded(Step step) {
        try {
            step.run();
        } catch (AnswerRefused refused) {
            end(new Exchange.Failed<>(refused.why(), String.valueOf(refused.getMessage())));
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.atError()
                    .addKeyValue("question", question.shown())
                    .setCause(bug)
                    .log("an answer broke its decoder");
            end(new Exchange.Failed<>(Why.MALFORMED, question.shown() + ": the answer broke its decoder: " + bug));
        }
    }
}
