package dev.tocsin.poll;

import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Broken;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TraefikAnswers;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikMemo;
import dev.tocsin.source.TraefikPaths;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikService.Protocol;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What a Traefik tells of its configuration beside its lists, as last told. Confined: its asker.
 *
 * <p>It changes with a reload alone: so it is asked after one, and else each {@value #ROUNDS}th round, for the sake of
 * those that show no reloads and of answers that failed. A version that does not have a list answers 404: an empty one.
 */
final class TraefikAsides {
    private static final int ROUNDS = 12; // a minute, at a round each 5 s

    /** Where it is asked. */
    interface Door {
        <T> Future<Exchange<T>> ask(String path, BodyDecoder<T> decoder);
    }

    private final List<Part<?>> parts;
    private TraefikAside told = TraefikAside.NONE;
    private String epoch = "";
    private long next;

    TraefikAsides(SourceLimits limits, TraefikMemo memo) {
        this.parts = List.of(
                new Part<>(
                        TraefikPaths.BROKEN_MIDDLEWARES,
                        () -> TraefikAnswers.broken(Broken.MIDDLEWARE),
                        TraefikAside::withMiddlewares),
                new Part<>(
                        TraefikPaths.BROKEN_TCP_MIDDLEWARES,
                        () -> TraefikAnswers.broken(Broken.TCP_MIDDLEWARE),
                        TraefikAside::withTcpMiddlewares),
                new Part<>(
                        TraefikPaths.BROKEN_TCP_ROUTERS,
                        () -> TraefikAnswers.broken(Broken.TCP_ROUTER),
                        TraefikAside::withTcpRouters),
                new Part<>(
                        TraefikPaths.UDP_SERVICES,
                        () -> TraefikAnswers.services(Protocol.UDP, limits, memo),
                        TraefikAside::withUdp),
                new Part<>(TraefikPaths.CERTIFICATES, TraefikAnswers::certificates, TraefikAside::withCertificates));
    }

    /** One of its lists, and where its entries go. Immutable. */
    private record Part<T>(
            String path,
            Supplier<BodyDecoder<List<T>>> decoder,
            BiFunction<TraefikAside, List<T>, TraefikAside> taken) {
        Future<TraefikAside> ask(Door door, TraefikAside before) {
            return door.ask(path, decoder.get()).map(exchange -> with(exchange, before));
        }

        private TraefikAside with(Exchange<List<T>> exchange, TraefikAside before) {
            if (exchange instanceof Exchange.Answered<List<T>> answered) {
                return taken.apply(before, answered.body());
            }
            return exchange instanceof Exchange.Refused<?> ? taken.apply(before, List.of()) : before;
        }
    }

    /** What stands beside this round, asked now where it is due. */
    Future<TraefikAside> of(TraefikRound round, Door door) {
        boolean due = round.poll() >= next || !round.epoch().equals(epoch);
        if (!due || round.torn() || !(round.http() instanceof Exchange.Answered<?>)) {
            return Future.succeededFuture(told);
        }
        epoch = round.epoch();
        next = round.poll() + ROUNDS;
        Future<TraefikAside> asked = Future.succeededFuture(told);
        for (Part<?> part : parts) {
            asked = asked.compose(before -> part.ask(door, before));
        }
        return asked.onSuccess(aside -> told = aside);
    }
}
