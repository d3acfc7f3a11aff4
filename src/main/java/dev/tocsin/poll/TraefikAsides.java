package dev.tocsin.poll;

import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Broken;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.TraefikAnswers;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikPaths;
import dev.tocsin.source.TraefikRound;
import io.vertx.core.Future;
import java.util.List;

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

    private TraefikAside told = TraefikAside.NONE;
    private String epoch = "";
    private long next;

    /** What stands beside this round, asked now where it is due. */
    Future<TraefikAside> of(TraefikRound round, Door door) {
        boolean due = round.poll() >= next || !round.epoch().equals(epoch);
        if (!due || round.torn() || !(round.http() instanceof Exchange.Answered<?>)) {
            return Future.succeededFuture(told);
        }
        epoch = round.epoch();
        next = round.poll() + ROUNDS;
        return door.ask(TraefikPaths.BROKEN_MIDDLEWARES, TraefikAnswers.broken(Broken.MIDDLEWARE))
                .compose(middlewares -> door.ask(
                                TraefikPaths.BROKEN_TCP_ROUTERS, TraefikAnswers.broken(Broken.TCP_ROUTER))
                        .compose(routers -> door.ask(TraefikPaths.CERTIFICATES, TraefikAnswers.certificates())
                                .map(certificates -> new TraefikAside(
                                        list(middlewares, told.middlewares()),
                                        list(routers, told.tcpRouters()),
                                        list(certificates, told.certificates())))))
                .onSuccess(aside -> told = aside);
    }

    private static <T> List<T> list(Exchange<List<T>> exchange, List<T> before) {
        if (exchange instanceof Exchange.Answered<List<T>> answered) {
            return answered.body();
        }
        return exchange instanceof Exchange.Refused<?> ? List.of() : before;
    }
}
