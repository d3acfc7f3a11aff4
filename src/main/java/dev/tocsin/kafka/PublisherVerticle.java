package dev.tocsin.kafka;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.Stream;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
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
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final long AGAIN_MILLIS = 1_000;
    private static final long AGAIN_MILLIS_MAX = 30_000;
    private static final long REFUSED_MILLIS = 60_000; // credentials: brokers lock out those who insist
    private static final long TOPICS_MILLIS = 10_000;
    private static final long DRAIN_MILLIS = 2_000;

    private final KafkaConfig config;
    private final String node;
    private final Set<String> ours;
    private final ClientSettings settings;
    private final KafkaMeters meters;
    private final Promise<Void> over = Promise.promise();

    private @Nullable WorkerExecutor worker;
    private List<MessageConsumer<?>> consumers = List.of();
    private final Map<Stream, Long> ends = new EnumMap<>(Stream.class);
    private Map<Stream, Topics.Topic> topics = new EnumMap<>(Stream.class);
    private @Nullable Session session;
    private @Nullable Feed feed;
    private long epoch;
    private long againMillis = AGAIN_MILLIS;
    private String away = "";
    private boolean stopped;

    /** @param ours partition keys of what only we write: our clusters, and the name of our node */
    public PublisherVerticle(
            KafkaConfig config, String node, Set<String> ours, SecretReader secrets, MeterRegistry meters) {
        this.config = config;
        this.node = node;
        this.ours = Set.copyOf(ours);
        this.settings = new ClientSettings(config, secrets);
        this.meters = new KafkaMeters(meters);
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

    /** What the topics hold of ours, nothing when Kafka is away: to be called once, before the log is deployed. */
    public Future<Recalled> recall() {
        return worker().executeBlocking(() -> new Recall(config, settings, ours).read())
                .otherwise(why -> {
                    LOG.atWarn()
                            .addKeyValue("bootstrap", config.bootstrap())
                            .addKeyValue("error", text(cause(why)))
                            .log("nothing is recalled from Kafka: this start knows what its data folder holds");
                    return Recalled.NOTHING;
                });
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
        /* At our start all that is ours is of an earlier start, or it would have been recalled: Kafka was away then, or two
         * started at one moment. An equal number is that of another folder. */
        if (!first && theirs > epoch) {
            fenced(theirs);
            return;
        }
        if (first && theirs >= epoch) {
            over.tryFail(new IllegalStateException("the topics at " + config.bootstrap() + " (" + config.topicPrefix()
                    + "*) hold records of start " + theirs + " of this node, and this is start " + epoch
                    + " of the data folder: another process has written there; stop it, and start again while Kafka is"
                    + " there: what it published is taken over"));
            return;
        }
        if (stopped) {
            end();
            return;
        }
        if (away.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("bootstrap", config.bootstrap())
                    .addKeyValue("epoch", epoch)
                    .log("Kafka takes our records");
        }
        Feed fed = new Feed(vertx, begun, ends, meters, this::away, this::present);
        feed = fed;
        fed.over().onFailure(this::lost);
        fed.start();
        begun.tail().start(epoch, ears(vertx.getOrCreateContext(), fed));
    }

    /* The next session begins with the topics as they are now, and says again what was said over. */
    private Tail.Ears ears(Context loop, Feed fed) {
        return new Tail.Ears() {
            @Override
            public void later(long theirs) {
                loop.runOnContext(any -> fenced(theirs));
            }

            @Override
            public void late(String key) {
                loop.runOnContext(any -> fed.end(new IllegalStateException("an earlier start of node \"" + node
                        + "\" still wrote of " + key + ": the last word on it is written again")));
            }
        };
    }

    /* What still waits is not for the topics: whoever took over has seen for itself, or will. */
    private void fenced(long theirs) {
        stopped = true;
        over.tryFail(new IllegalStateException("another process of node \"" + node + "\" took over (its start " + theirs
                + " comes after our " + epoch + "), and goes on with what we have published to the topics at "
                + config.bootstrap() + " (" + config.topicPrefix() + "*): run one of the two, or give this one another"
                + " node.name, sources and clusters of its own"));
        if (feed != null) {
            feed.end(new IllegalStateException("fenced"));
        }
    }

    private void lost(Throwable why) {
        feed = null;
        end().onComplete(done -> failed(why));
    }

    private void failed(Throwable failure) {
        Throwable why = cause(failure);
        if (stopped) {
            return;
        }
        away(text(why));
        boolean refused = why instanceof AuthenticationException || why instanceof AuthorizationException;
        vertx.setTimer(refused ? REFUSED_MILLIS : againMillis, timer -> {
            if (!stopped) {
                connect();
            }
        });
        againMillis = Math.min(2 * againMillis, AGAIN_MILLIS_MAX);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static String text(Throwable why) {
        Throwable cause = why.getCause();
        String said = String.valueOf(why.getMessage());
        return cause == null || cause.getMessage() == null || said.contains(cause.getMessage())
                ? said
                : said + ": " + cause.getMessage();
    }

    private void away(String why) {
        meters.away.set(1);
        if (!sameButForNumbers(away, why)) {
            away = why;
            LOG.atWarn()
                    .addKeyValue("bootstrap", config.bootstrap())
                    .addKeyValue("error", why)
                    .log("kafka away: the log goes on, and Kafka follows when it takes records");
        }
    }

    /* Times, offsets and tries differ from one try to the next. */
    private static boolean sameButForNumbers(String one, String other) {
        return NUMBER.matcher(one).replaceAll("").equals(NUMBER.matcher(other).replaceAll(""));
    }

    /* Only an acknowledgement says so: a topic may be read, be as it must, and refuse every record. */
    private void present() {
        againMillis = AGAIN_MILLIS;
        meters.away.set(0);
        if (!away.isEmpty()) {
            away = "";
            LOG.atInfo().addKeyValue("bootstrap", config.bootstrap()).log("kafka takes records again");
        }
    }

    private void checkTopics() {
        Session open = session;
        Feed fed = feed;
        if (open == null || fed == null) {
            return;
        }
        worker().executeBlocking(open::sameTopics).onSuccess(same -> {
            if (!same && feed == fed) {
                fed.end(new TopicsWrong("a topic was deleted or made anew: it is written again"));
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
