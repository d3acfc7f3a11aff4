package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Moment;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.Broken;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.SourceLimits;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikMemo;
import dev.tocsin.source.TraefikPaths;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikService;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked only now and then stands until it is told otherwise. */
class TraefikAsidesTest {
    private static final String LIST = "[{\"name\":\"cors@file\",\"status\":\"disabled\",\"error\":[\"no\"]}]";

    private final TraefikAsides asides = new TraefikAsides(SourceLimits.DEFAULT, new TraefikMemo());
    private final Map<String, Exchange<String>> answers = new HashMap<>();
    private int asked;

    @Test
    void itStandsWithoutAQuestionForTwelveRounds() {
        answers.put(TraefikPaths.BROKEN_MIDDLEWARES, new Exchange.Answered<>(LIST, null));
        for (int poll = 1; poll <= 12; poll++) {
            assertThat(at(poll).middlewares()).hasSize(1);
        }

        assertThat(asked).isEqualTo(5);
        at(13);
        assertThat(asked).isEqualTo(10);
    }

    @Test
    void aQuestionThatFailedTakesNothingBackAndOneThatIsRefusedDoes() {
        answers.put(TraefikPaths.BROKEN_MIDDLEWARES, new Exchange.Answered<>(LIST, null));
        at(1);
        answers.put(TraefikPaths.BROKEN_MIDDLEWARES, new Exchange.Failed<>(Why.TIMEOUT, "late"));
        assertThat(at(13).middlewares()).hasSize(1);

        answers.put(TraefikPaths.BROKEN_MIDDLEWARES, refused());
        assertThat(at(25).middlewares()).isEmpty();
    }

    @Test
    void eachListGoesToItsPlace() {
        String udp = "[{\"name\":\"dns@file\",\"provider\":\"file\"}]";
        answers.put(TraefikPaths.BROKEN_MIDDLEWARES, new Exchange.Answered<>(LIST, null));
        answers.put(TraefikPaths.BROKEN_TCP_MIDDLEWARES, new Exchange.Answered<>(LIST.replace("cors", "allow"), null));
        answers.put(TraefikPaths.BROKEN_TCP_ROUTERS, new Exchange.Answered<>(LIST.replace("cors", "pg"), null));
        answers.put(TraefikPaths.UDP_SERVICES, new Exchange.Answered<>(udp, null));

        TraefikAside told = at(1);

        assertThat(told.middlewares()).containsExactly(new Broken("middleware", "cors@file", "no"));
        assertThat(told.tcpMiddlewares()).containsExactly(new Broken("tcpMiddleware", "allow@file", "no"));
        assertThat(told.tcpRouters()).containsExactly(new Broken("tcpRouter", "pg@file", "no"));
        assertThat(told.udp()).extracting(TraefikService::name).containsExactly("dns@file");
        assertThat(told.certificates()).isEmpty();
    }

    @Test
    void nothingIsAskedOfOneThatDoesNotAnswerForItsServices() {
        asides.of(round(1, new Exchange.Failed<>(Why.REFUSED, "connection refused")), door());

        assertThat(asked).isZero();
    }

    private TraefikAside at(long poll) {
        return asides.of(round(poll, new Exchange.Answered<>(List.of(), null)), door())
                .result();
    }

    private static TraefikRound round(long poll, Exchange<List<TraefikService>> http) {
        return new TraefikRound(
                poll,
                new Moment(1_000 * poll, Instant.EPOCH),
                refused(),
                http,
                null,
                null,
                null,
                null,
                null,
                TraefikAside.NONE);
    }

    private TraefikAsides.Door door() {
        return new TraefikAsides.Door() {
            @Override
            public <T> Future<Exchange<T>> ask(String path, BodyDecoder<T> decoder) {
                asked++;
                return Future.succeededFuture(decoded(answers.getOrDefault(path, refused()), decoder));
            }
        };
    }

    private static <T> Exchange<T> decoded(Exchange<String> exchange, BodyDecoder<T> decoder) {
        if (exchange instanceof Exchange.Answered<String> answered) {
            try {
                byte[] body = answered.body().getBytes(StandardCharsets.UTF_8);
                decoder.feed(body, 0, body.length);
                return new Exchange.Answered<>(decoder.finish(), null);
            } catch (AnswerRefused e) {
                throw new IllegalStateException(e);
            }
        }
        return exchange instanceof Exchange.Failed<String> failed
                ? new Exchange.Failed<>(failed.why(), failed.detail())
                : refused();
    }

    private static <T> Exchange<T> refused() {
        return new Exchange.Refused<>(404, false, null, "text/plain", "404 page not found\n");
    }
}
