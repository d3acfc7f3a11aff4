package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulation.KeyOrder;
import dev.tocsin.wire.BinaryMode;
import dev.tocsin.wire.RecordRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;

/**
 * A consumer of its own that reads the topics from offset 0 and holds them to what is promised: of each key order, no gap
 * that is not counted, no record twice, opened and ended in turn, one partition; and in the end what the log says. Immutable.
 */
final class Witness {
    private static final List<String> STREAMS = List.of("health", "outages", "findings", "watermarks");

    private final Map<String, Object> client;

    /** @param client settings of a client that may read the topics: {@code bootstrap.servers} and who it is */
    Witness(Map<String, Object> client) {
        this.client = new HashMap<>(client);
        this.client.putAll(Map.of("auto.offset.reset", "earliest", "enable.auto.commit", false));
    }

    static Witness at(String bootstrap) {
        return new Witness(Map.of("bootstrap.servers", bootstrap));
    }

    /** Waits until the topics say what that log says, then holds every record of theirs to what is promised. */
    void awaitTopicsSayWhatIsIn(FileLog log) {
        awaitLastWordsOf(log);
        holdsWhatIsPromised();
        /* Never merged: one by one. */
        for (String stream : List.of("outages", "findings")) {
            assertThat(ids(read(stream))).as(stream).containsExactlyInAnyOrderElementsOf(ids(log.read(stream)));
        }
    }

    /** Waits until the last word on each key is the log's. */
    void awaitLastWordsOf(FileLog log) {
        Awaitility.await("the topics")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .ignoreException(org.apache.kafka.common.errors.TimeoutException.class)
                .untilAsserted(() -> assertThat(last()).isEqualTo(last(log)));
    }

    /** What the topics make of that log's records. */
    Account account(FileLog log) {
        return Account.of(
                Account.STREAMS.stream().collect(Collectors.toMap(stream -> stream, this::read)),
                Account.STREAMS.stream().collect(Collectors.toMap(stream -> stream, log::read)));
    }

    /** Holds every record that the topics have to what is promised. */
    void holdsWhatIsPromised() {
        List<String> mistakes = new ArrayList<>();
        for (String stream : STREAMS) {
            Map<String, KeyOrder> order = new HashMap<>();
            Set<String> seen = new HashSet<>();
            int partitions = partitions(stream);
            for (ConsumerRecord<byte[], byte[]> record : records(stream)) {
                Event event = event(record);
                mistakes.addAll(event.mistakes());
                assertThat(record.partition()).as(event.brief()).isEqualTo(partition(event, partitions));
                if (!event.watermark()) {
                    assertThat(seen.add(event.eventId()))
                            .as("once: %s", event.brief())
                            .isTrue();
                    order.computeIfAbsent(event.key(), key -> new KeyOrder()).see(typed(record));
                }
            }
        }
        assertThat(mistakes).isEmpty();
    }

    /** The records of a topic, each partition's in their order; none when there is no topic. */
    List<Event> read(String stream) {
        return records(stream).stream().map(Witness::event).toList();
    }

    /** The id of each record by where it stands, {@code topic-partition@offset}: there it stays. */
    Map<String, String> places() {
        Map<String, String> places = new HashMap<>();
        STREAMS.forEach(stream -> records(stream)
                .forEach(record -> places.put(
                        record.topic() + "-" + record.partition() + "@" + record.offset(),
                        event(record).eventId())));
        return places;
    }

    /** How many records the topics have taken. */
    long taken() {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<String> topics = consumer.listTopics().keySet();
            List<TopicPartition> partitions = STREAMS.stream()
                    .map(stream -> "tocsin." + stream)
                    .filter(topics::contains)
                    .flatMap(topic -> partitions(consumer, topic).stream())
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }
    }

    private Map<String, String> last() {
        Map<String, String> last = new TreeMap<>();
        STREAMS.forEach(stream -> last.putAll(last(stream, read(stream))));
        return last;
    }

    private static Map<String, String> last(FileLog log) {
        Map<String, String> last = new TreeMap<>();
        STREAMS.forEach(stream -> last.putAll(last(stream, log.read(stream))));
        return last;
    }

    /* Of health what was merged has another "from" and count; a watermark is on its way all the time. */
    private static Map<String, String> last(String stream, List<Event> events) {
        Map<String, String> last = new TreeMap<>();
        Invariants.fold(events)
                .forEach((key, event) -> last.put(
                        stream + " " + key,
                        switch (stream) {
                            case "watermarks" -> event.at("state");
                            case "health" ->
                                event.epoch() + "/" + event.seq() + " "
                                        + event.data().path("to");
                            default -> event.epoch() + "/" + event.seq() + " " + event.data();
                        }));
        return last;
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::eventId).toList();
    }

    /** The records of a topic as they came. */
    List<ConsumerRecord<byte[], byte[]>> records(String stream) {
        String topic = "tocsin." + stream;
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return List.of();
            }
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private int partitions(String stream) {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return partitions(consumer, "tocsin." + stream).size();
        }
    }

    /* By Kafka's own hash, as a reader finds it. */
    private static int partition(Event event, int partitions) {
        byte[] key = event.line().path("partitionkey").asText().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        return Event.parse(new String(line(record).line(), StandardCharsets.UTF_8));
    }

    private static dev.tocsin.wire.Event typed(ConsumerRecord<byte[], byte[]> record) {
        try {
            return line(record).event();
        } catch (RecordRefused e) {
            throw new AssertionError(e);
        }
    }

    private static dev.tocsin.wire.Envelope line(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(headers.get("ce_subject"));
        try {
            return BinaryMode.read(headers, record.value());
        } catch (RecordRefused e) {
            throw new AssertionError(e);
        }
    }
}
