package dev.tocsin.kafka;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.History;
import dev.tocsin.bus.Reference;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** A publisher behind a log that is a list, on a bus of its own. Thread-safe: the lists are. */
final class Publishing implements AutoCloseable {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<Stream, List<Told>> log = new EnumMap<>(Stream.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Absence.class);
    private final PublisherVerticle publisher;

    private Publishing(KafkaConfig config, Set<String> ours) {
        for (Stream stream : Stream.values()) {
            log.put(stream, new CopyOnWriteArrayList<>());
        }
        said.list = new CopyOnWriteArrayList<>();
        said.start();
        logger.addAppender(said);
        publisher = new PublisherVerticle(config, "node-1", ours, new SecretReader(Map.of()), meters, SILENCE_MAX);
    }

    /** Starts one; what is told goes to the topics as soon as they take it. */
    static Publishing start(KafkaConfig config, Set<String> ours, long epoch) {
        Publishing publishing = new Publishing(config, ours);
        Reference.register(publishing.vertx);
        publishing.vertx.eventBus().consumer(Addresses.HISTORY, publishing::answer);
        publishing.vertx.deployVerticle(publishing.publisher).await();
        publishing
                .vertx
                .eventBus()
                .publish(Addresses.RESTORED, new Restored(epoch, List.of(), List.of(), List.of(), List.of()));
        return publishing;
    }

    private void answer(Message<History> question) {
        History asked = question.body();
        List<Told> all = log.get(asked.stream());
        int to = (int) Math.min(all.size(), asked.from() + asked.max());
        List<Told> page = List.copyOf(all.subList((int) asked.from(), to));
        question.reply(new History.Page(page, to, to == all.size()));
    }

    /** Writes records to the log, and tells them as one group. */
    void tell(List<Event> events) {
        List<Told> group = new ArrayList<>();
        for (Event event : events) {
            List<Told> stream = log.get(event.stream());
            Told told = Told.of(event, stream.size());
            stream.add(told);
            group.add(told);
        }
        vertx.eventBus().publish(Addresses.TOLD, new Told.Group(group));
    }

    /** What a meter says: {@code tocsin.kafka.records}. */
    double meter(String name) {
        return meters.get(name).meter().measure().iterator().next().getValue();
    }

    /** How often it has said that Kafka is away for a reason that contains that text; each reason is said once. */
    long away(String text) {
        return said.list.stream()
                .flatMap(line -> line.getKeyValuePairs().stream())
                .filter(pair ->
                        pair.key.equals("error") && String.valueOf(pair.value).contains(text))
                .count();
    }

    @Override
    public void close() {
        vertx.close().await();
        logger.detachAppender(said);
    }
}
