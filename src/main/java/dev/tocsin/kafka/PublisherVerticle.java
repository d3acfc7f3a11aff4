package dev.tocsin.kafka;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.TakesOver;
import dev.tocsin.bus.Told;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.Stream;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the log tells to Kafka. Confined: its event loop; what blocks is its worker's.
 *
 * <p>It follows the log session by session. A session begins with the topics read to their end and the files from their
 * beginning; what the topics have is passed over. Whatever ends a session, the next one begins like the first: nothing is
 * kept between them, so Kafka may be away for as long as the files last.
 */
public final class PublisherVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherVerticle.class);
    private static final long TOPICS_MILLIS = 10_000;
    private static final long DRAIN_MILLIS = 2_000;
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private final KafkaConfig config;
    private final String node;
    private final Set<String> ours;
    private final ClientSettings settings;
    private final KafkaMeters meters;
    private final Absence absence;
    private final Duration silenceMax;
    private final Rivals rivals;
    private final Promise<Void> over = Promise.promise();

    private @Nullable WorkerExecutor worker;
    private List<MessageConsumer<?>> consumers = List.of();
    private final Map<Stream, Long> ends = new EnumMap<>(Stream.class);
    private Map<Stream, Topics.Topic> topics = new EnumMap<>(Stream.class);
    private @Nullable Session session;
    private @Nullable Feed feed;
    private long claimed;
    private long epoch;
    private boolean stopped;

    /** @param ours partition keys of what only we write: our clusters, and the name of our node */
    public PublisherVerticle(
            KafkaConfig config, String node, Set<String> ours, SecretReader secrets, MeterRegistry meters) {
        this(config, node, ours, secrets, meters, SILENCE_MAX);
    }

    /** @param silenceMax for how long brokers that answer may acknowledge nothing before a new session begins */
    PublisherVerticle(
            KafkaConfig config,
            String node,
            Set<String> ours,
            SecretReader secrets,
            MeterRegistry meters,
            Duration silenceMax) {
        this.config = config;
        this.node = node;
        this.ours = Set.copyOf(ours);
        this.settings = new ClientSettings(config, secrets);
        this.meters = new KafkaMeters(meters);
        this.absence = new Absence(config.bootstrap(), this.meters);
        this.silenceMax = silenceMax;
        this.rivals = new Rivals(config, node);
    }

    /** Fails when the topics hold what is later than the log, or get it: we must not write to them any more. Never succeeds. */
    public Future<Void> over() {
        return over.future();
    }

    /** Ready at once, whether Kafka is there or not. */
    @Override
    public Future<?> start() {
        worker = vertx.createSharedWorkerExecutor("tocsin-kafka " + config.bootstrap(), 1, 1, TimeUnit.DAYS);
        consumers = List.of(
                vertx.eventBus().<Restored>consumer(Addresses.RESTORED, restored -> begin(restored.body())),
                vertx.eventBus().<Told.Group>consumer(Addresses.TOLD, group -> told(group.body())));
        vertx.setPeriodic(TOPICS_MILLIS, timer -> checkTopics());
        return Future.succeededFuture();
    }

    /**
     * Takes the topics over: what they hold of ours, nothing when Kafka is away.
     *
     * @see TakesOver
     */
    public Future<Recalled> takeOver(long before, LongConsumer keeps) {
        return worker().executeBlocking(() -> new TakeOver(config, settings, node, ours, keeps).run(before))
                .recover(why -> why instanceof Fenced ? Future.failedFuture(why) : Future.succeededFuture(nothing(why)))
                .onSuccess(recalled -> claimed = recalled.epoch());
    }

    private Recalled nothing(Throwable why) {
        LOG.atWarn()
                .addKeyValue("bootstrap", config.bootstrap())
                .addKeyValue("error", Absence.text(why))
                .log("nothing is recalled from Kafka: this start knows what its data folder holds");
        return Recalled.NOTHING;
    }

    @Override
    public Future<?> stop() {
        consumers.forEach(MessageConsumer::unregister);
        stopped = true;
        Future<Void> drained = feed == null ? Future.succeededFuture() : feed.drain(DRAIN_MILLIS);
        return drained.eventually(this::end).eventually(() -> worker().close());
    }

    private void begin(Restored restored) {
        epoch = restored.epoch();
        connect();
    }

    private void told(Told.Group group) {
        for (Told told : group.records()) {
            ends.put(told.event().stream(), told.offset() + 1);
        }
        if (feed != null) {
            feed.told(group);
        }
    }

    private void connect() {
        Map<Stream, Topics.Topic> before = topics;
        worker().executeBlocking(() -> Session.open(config, settings, before, ours))
                .onComplete(this::opened, this::failed);
    }

    private void opened(Session begun) {
        session = begun;
        boolean first = topics.isEmpty();
        topics = begun.topics();
        long theirs = begun.published().epoch();
        /* Without a claim Kafka was away when we started: an equal number is that of another folder. */
        boolean known = !first || claimed == epoch;
        if (known && theirs > epoch) {
            fenced(theirs);
            return;
        }
        if (!known && theirs >= epoch) {
            over.tryFail(new IllegalStateException(rivals.wroteThere(theirs, epoch)));
            return;
        }
        if (stopped) {
            end();
            return;
        }
        if (!absence.away()) {
            LOG.atInfo()
                    .addKeyValue("bootstrap", config.bootstrap())
                    .addKeyValue("epoch", epoch)
                    .log("Kafka takes our records");
        }
        meters.sessions.increment();
        Feed fed = new Feed(vertx, begun, ends, meters, absence::away, absence::over);
        feed = fed;
        fed.over().onFailure(this::lost);
        fed.start();
        begun.tail().start(epoch, new Alarms(vertx.getOrCreateContext(), node, this::fenced, fed::end));
    }

    /* What still waits is not for the topics: whoever took over has seen for itself, or will. */
    private void fenced(long theirs) {
        stopped = true;
        over.tryFail(new IllegalStateException(rivals.tookOver(theirs, epoch)));
        if (feed != null) {
            feed.end(new IllegalStateException("fenced"));
        }
    }

    private void lost(Throwable why) {
        feed = null;
        end().onComplete(done -> failed(why));
    }

    private void failed(Throwable why) {
        if (stopped) {
            return;
        }
        vertx.setTimer(absence.failed(why), timer -> {
            if (!stopped) {
                connect();
            }
        });
    }

    private void checkTopics() {
        Session open = session;
        Feed fed = feed;
        if (open == null || fed == null) {
            return;
        }
        worker().executeBlocking(open::sameTopics).onSuccess(same -> {
            if (feed != fed) {
                return;
            }
            if (!same) {
                fed.end(new TopicsWrong("a topic was deleted or made anew: it is written again"));
            } else if (fed.silentMillis() > silenceMax.toMillis()) {
                /* Brokers that are away are waited for by the producer; of those that answer it may have lost its place. */
                fed.end(new IllegalStateException("no acknowledgement for " + fed.silentMillis() / 1_000 + " s"));
            }
        });
    }

    /* Not on our worker, which may be waiting for brokers that are away. */
    private Future<Void> end() {
        Session ended = session;
        session = null;
        if (ended == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                () -> {
                    ended.close();
                    return null;
                },
                false);
    }

    private WorkerExecutor worker() {
        return Objects.requireNonNull(worker, "the publisher is not deployed yet");
    }
}
