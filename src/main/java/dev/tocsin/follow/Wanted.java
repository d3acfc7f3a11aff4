package dev.tocsin.follow;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be followed. Immutable.
 *
 * @param client properties of Kafka's consumer: at least {@code bootstrap.servers}
 * @param prefix before the names of the topics
 * @param fromBeginning whether the backlog is read too
 * @param job the one that is wanted; empty for all
 */
public record Wanted(
        Map<String, Object> client, String prefix, Set<Topic> topics, boolean fromBeginning, Optional<String> job) {
    public Wanted {
        client = Map.copyOf(client);
        topics = Set.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics: got none, want at least one");
        }
    }
}
