package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;
import dev.tocsin.health.Stream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of the streams: made when they are missing, held against what they must be. Confined: one thread, which waits
 * for the brokers.
 */
final class Topics {
    private static final int MADE_TRIES = 50;
    private static final long MADE_MILLIS = 100;
    private static final String WEEK = "604800000";
    private static final String DAY = "86400000";

    private final Admin admin;
    private final KafkaConfig config;

    Topics(Admin admin, KafkaConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * A topic as the brokers have it. Immutable.
     *
     * @param batchBytesMax what it takes at once
     */
    record Topic(String name, Uuid id, int partitions, int batchBytesMax) {}

    static String name(KafkaConfig config, Stream stream) {
        return config.topicPrefix() + stream.text();
    }

    /** Seven days of every transition, and the last state of every key for ever; of watermarks the last alone. */
    static Map<String, String> settings(Stream stream) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cleanup.policy", "compact");
        settings.put("delete.retention.ms", WEEK);
        settings.put("segment.ms", DAY);
        settings.put("min.compaction.lag.ms", stream == Stream.WATERMARKS ? "0" : WEEK);
        return settings;
    }

    /* A record's time is our clock's, and by default brokers refuse what is an hour after theirs. It is no
     * part of what a topic must be: with clocks that are right it makes no difference. */
    private static Map<String, String> made(Stream stream) {
        Map<String, String> settings = new TreeMap<>(settings(stream));
        settings.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        return settings;
    }

    /**
     * All topics, those that were missing made.
     *
     * @throws TopicsWrong one is not as it must be, or may not be made by us
     */
    Map<Stream, Topic> ready() throws TopicsWrong, ExecutionException, InterruptedException {
        Map<Stream, Topic> topics = new EnumMap<>(Stream.class);
        for (Stream stream : Stream.values()) {
            Optional<Topic> topic = find(stream);
            if (topic.isEmpty()) {
                make(stream);
                topic = awaitMade(stream);
            }
            topics.put(
                    stream,
                    topic.orElseThrow(() ->
                            new TopicsWrong("topic " + name(config, stream) + ": it was made and is not there yet")));
        }
        check(topics);
        return topics;
    }

    /** Those that are there now; none is made, none is checked. */
    Map<Stream, Topic> existing() throws ExecutionException, InterruptedException {
        Map<Stream, Topic> topics = new EnumMap<>(Stream.class);
        for (Stream stream : Stream.values()) {
            find(stream).ifPresent(topic -> topics.put(stream, topic));
        }
        return topics;
    }

    /** The ids that the topics have now; a topic that is missing has none. */
    Map<Stream, Uuid> ids() throws ExecutionException, InterruptedException {
        Map<Stream, Uuid> ids = new EnumMap<>(Stream.class);
        existing().forEach((stream, topic) -> ids.put(stream, topic.id()));
        return ids;
    }

    /* A broker that has acknowledged it may take a moment to know it. */
    private Optional<Topic> awaitMade(Stream stream) throws ExecutionException, InterruptedException {
        for (int i = 0; i < MADE_TRIES; i++) {
            Optional<Topic> topic = find(stream);
            if (topic.isPresent()) {
                return topic;
            }
            TimeUnit.MILLISECONDS.sleep(MADE_MILLIS);
        }
        return Optional.empty();
    }

    private Optional<Topic> find(Stream stream) throws ExecutionException, InterruptedException {
        String name = name(config, stream);
        try {
            TopicDescription found = Objects.requireNonNull(admin.describeTopics(List.of(name))
                            .topicNameValues()
                            .get(name))
                    .get();
            return Optional.of(
                    new Topic(name, found.topicId(), found.partitions().size(), Integer.MAX_VALUE));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void make(Stream stream) throws TopicsWrong, ExecutionException, InterruptedException {
        String name = name(config, stream);
        NewTopic topic = new NewTopic(name, config.partitions(), (short) config.replication());
        try {
            KafkaFuture<Void> made =
                    admin.createTopics(List.of(topic.configs(made(stream)))).all();
            made.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                throw new TopicsWrong("topic " + name + ": it is missing, and we may not make it: " + makeIt(stream));
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void check(Map<Stream, Topic> topics) throws TopicsWrong, ExecutionException, InterruptedException {
        Map<ConfigResource, Stream> resources = new HashMap<>();
        for (Stream stream : Stream.values()) {
            resources.put(new ConfigResource(ConfigResource.Type.TOPIC, name(config, stream)), stream);
        }
        Map<ConfigResource, Config> found =
                admin.describeConfigs(resources.keySet()).all().get();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<ConfigResource, Config> topic : found.entrySet()) {
            Stream stream = resources.get(topic.getKey());
            if (stream != null) {
                int batchBytesMax = batchBytesMax(topic.getValue());
                topics.computeIfPresent(
                        stream, (any, known) -> new Topic(known.name(), known.id(), known.partitions(), batchBytesMax));
                differing(stream, topic.getValue()).ifPresent(wrong::add);
            }
        }
        if (!wrong.isEmpty()) {
            throw new TopicsWrong(String.join("; ", wrong.stream().sorted().toList()));
        }
    }

    private static int batchBytesMax(Config topic) {
        ConfigEntry entry = topic.get("max.message.bytes");
        return entry == null || entry.value() == null ? Integer.MAX_VALUE : Integer.parseInt(entry.value());
    }

    private Optional<String> differing(Stream stream, Config topic) {
        List<String> got = new ArrayList<>();
        List<String> want = new ArrayList<>();
        settings(stream).forEach((setting, value) -> {
            ConfigEntry entry = topic.get(setting);
            if (entry == null || !value.equals(entry.value())) {
                got.add(setting + "=" + (entry == null ? "" : entry.value()));
                want.add(setting + "=" + value);
            }
        });
        if (got.isEmpty()) {
            return Optional.empty();
        }
        String name = name(config, stream);
        return Optional.of("topic " + name + ": got " + String.join(",", got) + ", want " + String.join(",", want)
                + ": kafka-configs.sh" + reached() + " --alter --entity-type topics"
                + " --entity-name " + name + " --add-config " + String.join(",", want));
    }

    /* Who we are is not for a command line: the file that we ship for Kafka's tools, with an administrator in it. */
    private String reached() {
        boolean secured = config.tls() != null || config.sasl() != null;
        return " --bootstrap-server " + config.bootstrap()
                + (secured ? " --command-config conf/kafka/client.properties" : "");
    }

    private String makeIt(Stream stream) {
        StringBuilder command = new StringBuilder("kafka-topics.sh" + reached()
                + " --create --topic " + name(config, stream) + " --partitions " + config.partitions()
                + " --replication-factor " + config.replication());
        made(stream)
                .forEach((setting, value) ->
                        command.append(" --config ").append(setting).append('=').append(value));
        return command.toString();
    }
}
