package dev.tocsin.log;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.History;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers questions for the past from the files. Confined: the event loop of the log; the reading is its worker's. */
final class HistoryDesk {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryDesk.class);
    private static final int REFUSED = 1;

    private final Vertx vertx;
    private final WorkerExecutor worker;
    private final Past past;
    private final Map<Stream, Long> ends;
    private List<MessageConsumer<?>> consumers = List.of();

    /** @param ends of each stream the offset after its last record that is safe now */
    HistoryDesk(Vertx vertx, WorkerExecutor worker, Past past, Map<Stream, Long> ends) {
        this.vertx = vertx;
        this.worker = worker;
        this.past = past;
        this.ends = new EnumMap<>(ends);
    }

    void open() {
        consumers = List.of(
                vertx.eventBus().<Told.Group>consumer(Addresses.TOLD, group -> told(group.body())),
                vertx.eventBus().<History>consumer(Addresses.HISTORY, this::answer));
    }

    /** Takes no more questions. */
    void unregister() {
        consumers.forEach(MessageConsumer::unregister);
    }

    /** Returns when the last answer is given. */
    Future<Void> close() {
        return worker.<Void>executeBlocking(() -> {
                    past.close();
                    return null;
                })
                .eventually(worker::close);
    }

    private void told(Told.Group group) {
        for (Told told : group.records()) {
            ends.merge(told.event().stream(), told.offset() + 1, Math::max);
        }
    }

    private void answer(Message<History> question) {
        History asked = question.body();
        long until = ends.getOrDefault(asked.stream(), 0L);
        worker.executeBlocking(() -> past.page(asked, until)).onComplete(question::reply, refused -> {
            LOG.atWarn()
                    .addKeyValue("stream", asked.stream().text())
                    .addKeyValue("error", refused.toString())
                    .log("the log cannot be read");
            question.fail(REFUSED, refused.toString());
        });
    }
}
