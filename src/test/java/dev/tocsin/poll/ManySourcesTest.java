package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.SourceState;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many sources on one event loop. */
final class ManySourcesTest {
    private static final int SOURCES = 200;

    @Test
    void everySourceHasItsTurnWhateverAHostileOneDoes() {
        Vertx elsewhere = Vertx.vertx();
        try (Rig rig = new Rig(new VertxOptions().setEventLoopPoolSize(1))) {
            ScriptedServer server = ScriptedServer.start(elsewhere);
            ScriptedServer hostile = ScriptedServer.start(elsewhere);
            hostile.answer(Answers.TARGETS, Answers.endless(Answers.OPEN_LIST, "a".repeat(1 << 16)));

            rig.poll(Rig.with(Rig.config("hostile", "http://127.0.0.1:" + hostile.port()), Duration.ofSeconds(5)));
            IntStream.range(0, SOURCES)
                    .forEach(i -> rig.poll(Rig.with(
                            Rig.every(
                                    Rig.config("prom-" + i, "http://127.0.0.1:" + server.port()),
                                    Duration.ofSeconds(1)),
                            Duration.ofSeconds(5))));

            await().atMost(Duration.ofSeconds(60)).until(() -> everyoneAnswered(rig, 3));
            assertThat(rig.batches)
                    .filteredOn(batch -> !batch.source().name().equals("hostile"))
                    .noneMatch(batch -> batch.state() == SourceState.BLIND);
            assertThat(rig.batches)
                    .filteredOn(batch -> batch.source().name().equals("hostile"))
                    .isNotEmpty()
                    .allMatch(batch -> batch.state() == SourceState.BLIND);
            assertThat(rig.uncaught).isEmpty();
        } finally {
            Rig.join(elsewhere.close());
        }
    }

    private static boolean everyoneAnswered(Rig rig, int times) {
        Map<String, Long> answers = rig.batches.stream()
                .map((DeltaBatch batch) -> batch.source().name())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return answers.entrySet().stream()
                        .filter(e -> !e.getKey().equals("hostile") && e.getValue() >= times)
                        .count()
                == SOURCES;
    }
}
