package dev.tocsin.kafka;

import dev.tocsin.bus.Recalled;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our start, as the topics see it: they are read to their end, then told of it by a record under a new epoch, then read on.
 * An elder process that still runs hears that record and stops; what it wrote until then is read too. Of two processes that
 * start at one moment the later record claims again, above. Confined: one thread, which waits for the brokers.
 */
final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);
    private static final int ANSWER_MILLIS = 1_000;
    private static final int CLAIMS_MAX = 5;
    private static final long CLAIM_SECONDS = 10;
    /* An elder's tail hears of us within milliseconds, its requests on their way are answered by then. */
    private static final long QUIET_NANOS = 2_000_000_000L;
    private static final long STIRRING_NANOS_MAX = 15_000_000_000L;
    private static final long AGAIN_MILLIS = 100;

    private final KafkaConfig config;
    private final ClientSettings settings;
    private final String node;
    private final Set<String> ours;
    private final Recall recall;
    private final Rivals rivals;
    private final LongConsumer keeps;

    private Map<TopicPartition, Long> next = Map.of();

    /**
     * @param ours partition keys of what only we write: our clusters, and the name of our node
     * @param keeps gets each number before the topics are told of it: we may die, or not hear whether they were
     */
    TakeOver(KafkaConfig config, ClientSettings settings, String node, Set<String> ours, LongConsumer keeps) {
        this.config = config;
        this.settings = settings;
        this.node = node;
        this.ours = Set.copyOf(ours);
        this.recall = new Recall(ours);
        this.rivals = new Rivals(config, node);
        this.keeps = keeps;
    }

    /** What came since the claim. */
    private enum Heard {
        NOTHING,
        ELDER,
        RIVAL
    }

    /**
     * Takes over; blocks for 10 s at most until the brokers have answered, then for as long as it takes.
     *
     * @param before the epoch of the last start from our data folder, which nobody else has now; 0 when none
     * @throws IOException no broker takes a connection, or a secret is not there
     * @throws TopicsWrong a record is of a version after ours
     * @throws Fenced another process takes over from us
     */
    Recalled run(long before) throws IOException, TopicsWrong, ExecutionException, InterruptedException {
        /* Kafka's clients ask an address that refuses for as long as they are let; polling does not wait for that. */
        reach();
        Map<Stream, Topics.Topic> topics;
        Admin admin = Admin.create(settings.admin());
        try {
            topics = new Topics(admin, config).existing();
        } finally {
            admin.close(Duration.ZERO);
        }
        TopicReader reader = new TopicReader(settings.consumer(), ours);
        next = reader.read(topics, Set.of(), (record, offset) -> recall.add(record));
        Topics.Topic claims = topics.get(Stream.WATERMARKS);
        if (claims == null) {
            return recall.taken(0);
        }
        try {
            return recall.taken(claim(reader, claims, before));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("topic", claims.name())
                    .addKeyValue("error", e.toString())
                    .log("the topics could not be told of this start: an elder process of this node goes on until it"
                            + " hears our first record");
            return recall.taken(0);
        }
    }

    private long claim(TopicReader reader, Topics.Topic topic, long before)
            throws IOException, TopicsWrong, ExecutionException, TimeoutException, InterruptedException {
        /* The last writer's folder is locked by us: it has ended. */
        boolean elder = recall.epoch() != 0 && recall.epoch() != before;
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            for (int i = 0; i < CLAIMS_MAX; i++) {
                long epoch = Math.max(before, recall.epoch()) + 1;
                keeps.accept(epoch);
                long offset = producer.send(record(topic, epoch))
                        .get(CLAIM_SECONDS, TimeUnit.SECONDS)
                        .offset();
                if (settled(reader, epoch, offset, elder)) {
                    return epoch;
                }
            }
        } finally {
            producer.close(Duration.ZERO);
        }
        throw new Fenced(rivals.startAtOnce());
    }

    /* Whether the topics are ours under that epoch, and whoever had them before writes no more. */
    private boolean settled(TopicReader reader, long epoch, long offset, boolean elder)
            throws IOException, TopicsWrong, InterruptedException {
        long from = System.nanoTime();
        long quietFrom = from;
        while (true) {
            Heard heard = readOn(reader, epoch, offset);
            long now = System.nanoTime();
            if (heard == Heard.RIVAL) {
                return false;
            }
            quietFrom = heard == Heard.ELDER ? now : quietFrom;
            if (!elder || now - quietFrom > QUIET_NANOS) {
                return true;
            }
            if (now - from > STIRRING_NANOS_MAX) {
                LOG.atWarn()
                        .addKeyValue("bootstrap", config.bootstrap())
                        .log(
                                "an earlier start of this node still writes to the topics, and does not hear that we took over");
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        }
    }

    private Heard readOn(TopicReader reader, long epoch, long offset) throws Fenced, TopicsWrong {
        Heard[] heard = {Heard.NOTHING};
        next = reader.readOn(next, (record, at) -> {
            recall.add(record);
            if (!ours.contains(record.partitionKey())) {
                return;
            }
            if (record.epoch() == epoch && !(claim(record) && at >= offset)) {
                heard[0] = Heard.RIVAL;
            } else if (record.epoch() < epoch && heard[0] == Heard.NOTHING) {
                heard[0] = Heard.ELDER;
            }
        });
        if (recall.epoch() > epoch) {
            throw new Fenced(rivals.takesOver(recall.epoch(), epoch));
        }
        return heard[0];
    }

    private boolean claim(Envelope record) {
        return record.stream() == Stream.WATERMARKS && record.key().equals(key());
    }

    /* It ends a key that never was: for readers it is nothing but its epoch. */
    private ProducerRecord<byte[], byte[]> record(Topics.Topic topic, long epoch) {
        Event claim = new Event.OfTombstone(
                new Tombstone(Stream.WATERMARKS, key(), List.of(node), node, Instant.now(), epoch, 1));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic.name(), BinaryMode.partition(node, topic.partitions()), BinaryMode.key(claim), null);
        BinaryMode.headers(claim)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private String key() {
        return "start/" + node;
    }

    private void reach() throws IOException {
        IOException refused = new IOException("bootstrap: got \"" + config.bootstrap() + "\", want host:port");
        for (String broker : config.bootstrap().split(",")) {
            String address = broker.strip();
            int colon = address.lastIndexOf(':');
            String host = address.substring(0, Math.max(0, colon));
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(address.substring(colon + 1));
                socket.connect(new InetSocketAddress(host, port), ANSWER_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException e) {
                refused = new IOException(address + ": " + e.getMessage(), e);
            }
        }
        throw refused;
    }
}
