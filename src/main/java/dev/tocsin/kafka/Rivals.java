package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;

/** What the user is told when two processes of one node write to the same topics. Immutable. */
record Rivals(KafkaConfig config, String node) {
    private static final String REMEDY =
            ": run one of the two, or give this one another node.name, sources and clusters of its own";

    /** One that started later goes on. */
    String tookOver(long theirs, long ours) {
        return "another process of node \"" + node + "\" took over (its start " + theirs + " comes after our " + ours
                + "), and goes on with what we have published to " + topics() + REMEDY;
    }

    /** One that started later does so while we start. */
    String takesOver(long theirs, long ours) {
        return "another process of node \"" + node + "\" takes over at this moment (its start " + theirs
                + " comes after our " + ours + "), at " + topics() + REMEDY;
    }

    /** Nobody could start later than all the others. */
    String startAtOnce() {
        return "several processes of node \"" + node + "\" start again and again at this moment, at " + topics()
                + ": run one of them";
    }

    /** Somebody has written of whom our folder knows nothing. */
    String wroteThere(long theirs, long ours) {
        return topics() + " hold records of start " + theirs + " of this node, and this is start " + ours
                + " of the data folder: another process has written there; stop it, and start again while Kafka is"
                + " there: what it published is taken over";
    }

    private String topics() {
        return "the topics at " + config.bootstrap() + " (" + config.topicPrefix() + "*)";
    }
}
