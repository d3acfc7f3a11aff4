package dev.tocsin.cli;

import dev.tocsin.broker.BrokerProcess;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.TocsinConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A monitor beside a Kafka of its own: a child process, there before the monitor is and until it has stopped, its data in
 * the data folder. Immutable.
 */
record EmbeddedKafka(Monitor monitor, PrintWriter err) implements Monitor {
    private static final int CANNOT_GO_ON = 1;

    @Override
    public int run(TocsinConfig config, Output output, Company company) throws Exception {
        Path folder = config.data().resolve("kafka");
        BrokerProcess broker;
        try {
            broker = BrokerProcess.start(folder);
        } catch (IOException refused) {
            say(refused.getMessage() + "; its log is in " + folder);
            return CANNOT_GO_ON;
        }
        try (broker) {
            say("broker at " + broker.bootstrap());
            broker.ended().thenAccept(status -> told(status, folder));
            return monitor.run(config.withKafka(KafkaConfig.at(broker.bootstrap())), output, company);
        }
    }

    private void told(int status, Path folder) {
        if (status != 0) {
            say("the broker ended with status " + status + "; its log is in " + folder);
        }
    }

    private void say(String text) {
        err.println("kafka: " + Printable.of(text, 4096));
        err.flush();
    }
}
